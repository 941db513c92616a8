package dev.braid.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.process.AttemptFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerTailTest {
  @TempDir private Path folder;

  private void write(String... lines) throws IOException {
    for (String line : lines) {
      Files.writeString(
          folder.resolve("stdout"),
          line + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    }
  }

  private static String use(String tool, String command) {
    return """
    {"type":"assistant","message":{"id":"m","content":[{"type":"tool_use","id":"t","name":"%s",\
    "input":{"command":"%s"}}]}}\
    """
        .formatted(tool, command);
  }

  private WorkerTail tail() {
    return new WorkerTail(new AttemptFolder(folder));
  }

  @Test
  void a_worker_does_what_it_used_the_last_tool_for() throws IOException {
    write(use("Bash", "ls"), use("Bash", "mvn test"), "{\"type\":\"user\"}");
    WorkerTail tail = tail();
    tail.look();
    assertThat(tail.doing()).isEqualTo("Bash mvn test");

    write(use("Read", ""));
    tail.look();

    assertThat(tail.doing()).isEqualTo("Read");
    assertThat(tail.uses()).containsExactly("Bash ls", "Bash mvn test", "Read");
  }

  @Test
  void of_a_long_stream_only_the_end_is_read() throws IOException {
    write(use("Bash", "x".repeat(100_000)), use("Bash", "ls"));
    WorkerTail tail = tail();
    tail.look();

    assertThat(tail.uses()).containsExactly("Bash ls");
  }

  @Test
  void before_it_wrote_anything_nobody_knows_what_it_does() throws IOException {
    WorkerTail tail = tail();
    tail.look();
    assertThat(tail.doing()).isEmpty();

    write("no JSON", use("Bash", "ls"));
    tail.look();

    assertThat(tail.doing()).isEqualTo("Bash ls");
  }

  @Test
  void of_many_uses_the_latest_are_remembered() throws IOException {
    WorkerTail tail = tail();
    for (int i = 0; i < 300; i++) {
      write(use("Bash", "echo " + i));
    }
    tail.look();

    assertThat(tail.uses())
        .hasSizeLessThanOrEqualTo(200)
        .endsWith("Bash echo 298", "Bash echo 299");
  }
}

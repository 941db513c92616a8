package dev.braid.run;

import static dev.braid.cli.WrittenRun.FINISHED;
import static dev.braid.cli.WrittenRun.OWNED;
import static dev.braid.cli.WrittenRun.ended;
import static dev.braid.cli.WrittenRun.starting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.braid.cli.WrittenRun;
import dev.braid.result.TaskResult;
import dev.braid.task.TaskId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadingsTest {
  private static final int TASKS = 200;
  private static final int ASKING = 8;

  private final Readings readings = new Readings();

  @TempDir private Path root;

  private WrittenRun run() throws IOException {
    return WrittenRun.of(root, 1, "[{'id':'a','command':'true'}]").with(OWNED);
  }

  private List<String> done(WrittenRun run) throws IOException {
    return readings.ask(
        run.id(),
        run.folder(),
        replay -> replay.results().keySet().stream().map(TaskId::value).toList());
  }

  @Test
  void what_was_added_since_is_known_when_asked_again() throws IOException {
    WrittenRun run = run();
    assertThat(done(run)).isEmpty();

    run.with(starting("a", 1, 0, 1), ended("a", "success", 2, ""));

    assertThat(done(run)).containsExactly("a");
  }

  @Test
  void what_was_read_is_not_read_again() throws IOException {
    WrittenRun run = run().with(ended("a", "success", 2, ""), starting("b", 1, 0, 3));
    assertThat(done(run)).containsExactly("a");

    Path journal = run.folder().journal();
    String text = Files.readString(journal);
    Files.writeString(journal, text.replace("\"task_id\":\"a\"", "\"task_id\":\"c\""));
    run.with(ended("b", "success", 4, ""));

    assertThat(done(run)).containsExactly("a", "b");
  }

  @Test
  void what_the_disk_did_not_take_is_forgotten() throws IOException {
    WrittenRun run = run();
    String before = Files.readString(run.folder().journal());
    run.with(ended("a", "success", 2, ""), FINISHED);
    assertThat(done(run)).containsExactly("a");

    Files.writeString(run.folder().journal(), before);
    run.with(starting("a", 1, 0, 1), starting("b", 1, 0, 1), ended("b", "success", 2, ""));

    assertThat(done(run)).containsExactly("b");
  }

  @Test
  void a_journal_that_could_not_be_read_is_read_later() throws IOException {
    WrittenRun run = run().with(ended("a", "success", 2, ""));
    Path journal = run.folder().journal();
    byte[] bytes = Files.readAllBytes(journal);
    Files.delete(journal);
    Files.createDirectory(journal);
    assertThatThrownBy(() -> done(run)).isInstanceOf(IOException.class);

    Files.delete(journal);
    Files.write(journal, bytes);

    assertThat(done(run)).containsExactly("a");
  }

  @Test
  void what_tasks_printed_is_not_kept() throws IOException {
    WrittenRun run = run().with(ended("a", "success", 2, ",'output':'much'"));

    List<String> kept =
        readings.ask(
            run.id(),
            run.folder(),
            replay -> replay.results().values().stream().map(TaskResult::output).toList());

    assertThat(kept).containsExactly("");
  }

  @Test
  void many_may_ask_while_it_grows() throws Exception {
    WrittenRun run = run();
    Callable<List<String>> asking =
        () -> {
          List<String> done = List.of();
          while (done.size() < TASKS) {
            List<String> more = done(run);
            assertThat(more).hasSizeGreaterThanOrEqualTo(done.size());
            assertThat(more.subList(0, done.size())).isEqualTo(done);
            done = more;
          }
          return done;
        };
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var answers = new ArrayList<Future<List<String>>>();
      for (int i = 0; i < ASKING; i++) {
        answers.add(threads.submit(asking));
      }
      for (int i = 0; i < TASKS; i++) {
        run.with(ended("t" + i, "success", 2, ""));
      }
      for (Future<List<String>> answer : answers) {
        assertThat(answer.get()).hasSize(TASKS).doesNotHaveDuplicates();
      }
    }
  }
}

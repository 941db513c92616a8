package dev.braid.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.cli.Ended;
import dev.braid.cli.TempRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The script {@code hooks/plugin} alone. */
@Execution(ExecutionMode.CONCURRENT)
class PluginScriptIT {
  private static final String TOKEN = "0123456789abcdef".repeat(4);
  private static final String EVENT =
      "{\"hook_event_name\":\"PreToolUse\",\"tool_use_id\":\"t\",\"prompt\":\"a \\u00e4 'b' $c\"}";

  @RegisterExtension final TempRoot root = new TempRoot();

  @BeforeEach
  void writeToken() throws IOException {
    Files.createDirectories(runtime());
    Files.writeString(runtime().resolve("hook-token"), TOKEN + "\n");
  }

  private Path runtime() {
    return root.path().resolve("memory/run/braid");
  }

  private Ended call(String event) throws IOException {
    String script = TempRoot.project().resolve("hooks/plugin").toString();
    return root.startCommand(root.work(), root.write("event.json", EVENT), script, event).await();
  }

  private void callForNothing(String event) throws IOException {
    Ended ended = call(event).expectExit(0);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err()).isEmpty();
  }

  @Test
  void an_event_reaches_the_daemon_as_it_is_and_its_answer_is_printed() throws IOException {
    root.with("CLAUDE_CODE_TASK_LIST_ID", "the-list").with("BRAID_MODE", "advise");
    try (var sink = new EventSink(0, "{\"an\":\"answer\"}", () -> {})) {
      sink.standIn(runtime());

      assertThat(call("PreToolUse").expectExit(0).out()).isEqualTo("{\"an\":\"answer\"}");

      assertThat(sink.events())
          .containsExactly(new EventSink.Event(Ended.json(EVENT), TOKEN, "the-list", "advise"));
    }
  }

  @Test
  void a_variable_cannot_say_more_than_the_value_of_its_header() throws IOException {
    root.with("CLAUDE_CODE_TASK_LIST_ID", "a\"\nurl = \"http://127.0.0.1:1/")
        .with("BRAID_MODE", "");
    try (var sink = new EventSink(0, "", () -> {})) {
      sink.standIn(runtime());

      callForNothing("PreToolUse");

      assertThat(sink.events()).singleElement().extracting(EventSink.Event::token).isEqualTo(TOKEN);
      assertThat(sink.events().getFirst().list()).matches("a--url[A-Za-z0-9.-]+");
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void the_token_stands_in_no_command_line() throws IOException {
    var seen = new AtomicReference<>("");
    try (var sink = new EventSink(0, "", () -> seen.set(commandLines()))) {
      sink.standIn(runtime());

      callForNothing("PreToolUse");

      assertThat(seen.get()).contains("curl").doesNotContain(TOKEN);
    }
  }

  private static String commandLines() throws IOException {
    var all = new StringBuilder();
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      for (Path process : processes.toList()) {
        try {
          all.append(Files.readString(process.resolve("cmdline"))).append('\n');
        } catch (IOException _) {
          // No process, or one that has ended.
        }
      }
    }
    return all.toString();
  }

  @Test
  void a_daemon_that_does_not_answer_costs_half_a_second_after_a_tool() throws IOException {
    var never = new CountDownLatch(1);
    try (var sink =
        new EventSink(
            0,
            "late",
            () -> {
              try {
                boolean _ = never.await(1, TimeUnit.MINUTES);
              } catch (InterruptedException _) {
                // The test is over.
              }
            })) {
      sink.standIn(runtime());
      long began = System.nanoTime();

      callForNothing("PostToolUse");

      assertThat(Duration.ofNanos(System.nanoTime() - began))
          .isBetween(Duration.ofMillis(450), Duration.ofMillis(1_400));
      assertThat(sink.events()).hasSize(1);
      never.countDown();
    }
  }

  @Test
  void without_a_daemon_nothing_happens() throws IOException {
    callForNothing("PreToolUse");
    Files.writeString(runtime().resolve("daemon.pid"), "999999999 1\n1\n");
    callForNothing("PreToolUse");
  }

  @Test
  void without_curl_nothing_happens() throws IOException {
    Path bin = Files.createDirectory(root.path().resolveSibling("bin"));
    Files.createSymbolicLink(bin.resolve("sh"), Path.of("/bin/sh"));
    root.with("PATH", bin.toString());
    try (var sink = new EventSink(0, "", () -> {})) {
      sink.standIn(runtime());

      callForNothing("PreToolUse");

      assertThat(sink.events()).isEmpty();
    }
  }

  @Test
  void with_the_hooks_of_the_settings_nothing_happens() throws IOException {
    Files.writeString(runtime().resolve("installed"), "");
    try (var sink = new EventSink(0, "", () -> {})) {
      sink.standIn(runtime());

      callForNothing("PreToolUse");
      callForNothing("SessionStart");
      callForNothing("Stop");

      assertThat(sink.events()).isEmpty();
    }
  }
}

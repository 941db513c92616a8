package dev.braid.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.cli.Ended;
import dev.braid.cli.TempRoot;
import dev.braid.worker.Answer;
import dev.braid.worker.ClaudeLab;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Braid as a plugin of Claude Code, with nothing of it in the settings. */
@Execution(ExecutionMode.CONCURRENT)
class PluginIT {
  @RegisterExtension final SessionLab lab = new SessionLab();

  private final SessionScript session = new SessionScript(lab, "BUILD-THE-SHOP");

  private Ended plugin(String... arguments) throws IOException {
    String[] all = new String[arguments.length + 1];
    all[0] = "plugin";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return lab.claude().startClaude("", all).await().expectExit(0);
  }

  private void install() throws IOException {
    plugin("marketplace", "add", TempRoot.project().toString());
    plugin("install", "braid@braid");
  }

  private void removeHooks() throws IOException {
    lab.settings().remove("hooks");
    lab.configure();
  }

  private Path runtime() {
    return lab.root().path().resolve("memory/run/braid");
  }

  @Test
  void the_project_is_a_plugin_and_a_marketplace() throws IOException {
    plugin("validate", "--strict", TempRoot.project().toString());
  }

  @Test
  void it_is_installed_from_the_folder_with_its_commands() throws IOException {
    removeHooks();
    install();
    session.says(Answer.text("Hello."));

    assertThat(plugin("list").out()).contains("braid@braid");
    assertThat(session.run().out()).contains("braid:plan", "braid:run", "braid:status");
  }

  @Test
  void a_list_is_run_side_by_side_and_its_result_reaches_the_model() throws IOException {
    removeHooks();
    install();
    session.workersWork();
    session.says(
        SessionScript.makesTasks(),
        Answer.blocks(TaskTool.block(4, 1)),
        Answer.blocks(TaskTool.begin(1)),
        Answer.text("I wait for the results."),
        Answer.text("All is done."));
    lab.startDaemon();

    Ended ended = session.run();

    assertThat(ClaudeLab.result(ended).path("result").asText()).isEqualTo("All is done.");
    assertThat(session.requests().get(3).lastText()).contains("Braid takes over #1, #2, #3, #4");
    assertThat(session.read())
        .contains("4 of 4 tasks succeeded", "RESULT-OF-alpha", "RESULT-OF-delta");
    assertThat(session.times("4 of 4 tasks succeeded")).isEqualTo(1);
    assertThat(lab.statuses(4)).containsOnly("completed");
  }

  @ParameterizedTest
  @CsvSource({"true, 1", "false, 2"})
  void with_the_hooks_of_the_settings_too_each_event_comes_once(boolean isKnown, long copies)
      throws IOException {
    install();
    if (isKnown) {
      Files.writeString(runtime().resolve("installed"), "");
    }
    session.says(
        Answer.blocks(TaskTool.create("alpha")),
        Answer.blocks(TaskTool.begin(1)),
        Answer.text("All is done."));
    try (var sink = new EventSink(lab.port(), "", () -> {})) {
      sink.standIn(runtime());

      session.run();

      Map<String, Long> times =
          sink.events().stream()
              .collect(Collectors.groupingBy(EventSink.Event::identity, Collectors.counting()));
      assertThat(times).hasSize(5);
      assertThat(times.values()).containsOnly(copies);
    }
  }
}

package dev.braid.dist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.cli.BraidProcess;
import dev.braid.cli.Ended;
import dev.braid.cli.TempRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A release on a machine without Java. */
class DistributionIT {
  private static final Path NO_INPUT = Path.of("/dev/null");

  /** All that the program and its script may find on their path. */
  private static final List<String> TOOLS = List.of("sh", "readlink", "stty");

  /** Makes the start of the program fail when it cannot use its cache. */
  private static final String INSIST_ON_CACHE = "-XX:AOTMode=on";

  private static final String SHOW_OPTIONS = "-XX:+PrintFlagsFinal";

  private static final String TASKS =
      """
      [{"id": "a", "command": "echo one"},
       {"id": "b", "command": "echo two"},
       {"id": "c", "command": "echo three", "blockedBy": ["a", "b"]}]
      """;

  @RegisterExtension static final Release RELEASE = new Release();

  private final TempRoot root = new TempRoot();

  @BeforeEach
  void hideJava() throws IOException {
    Path bin = Files.createDirectory(root.path().resolveSibling("bin"));
    for (String tool : TOOLS) {
      Files.createSymbolicLink(bin.resolve(tool), Needed.tool(tool));
    }
    root.with("PATH", bin.toString()).with("JAVA_HOME", "");
  }

  @AfterEach
  void removeAll() {
    root.close();
  }

  private Ended braid(String... arguments) {
    return start(RELEASE.file("bin/braid"), arguments).await();
  }

  private BraidProcess start(Path program, String... arguments) {
    return root.startCommand(root.work(), NO_INPUT, program.toString(), arguments);
  }

  @Test
  void it_tells_its_version_and_the_plugin_is_of_the_same() throws IOException {
    String plugin = Files.readString(RELEASE.file(".claude-plugin/plugin.json"));

    assertThat(braid("--version").expectExit(0).out())
        .startsWith("braid " + Ended.json(plugin).path("version").asText());
  }

  @Test
  void it_is_called_through_a_link() throws IOException {
    Path link = Files.createSymbolicLink(root.work().resolve("braid"), RELEASE.file("bin/braid"));

    assertThat(start(link, "--version").await().expectExit(0).out()).startsWith("braid ");
  }

  @Test
  void it_plans_and_runs_tasks() throws IOException {
    String file = root.write("tasks.json", TASKS).toString();

    assertThat(braid("plan", "--json", file).expectExit(0).json().path("tasks").asInt())
        .isEqualTo(3);
    assertThat(braid("run", "--json", file).expectExit(0).json().path("status").asText())
        .isEqualTo("success");
    assertThat(root.result("c").path("output").asText()).isEqualTo("three\n");
    assertThat(braid("runs", "--json").expectExit(0).json()).hasSize(1);
    assertThat(braid("report", root.runId()).expectExit(0).out()).isNotEmpty();
  }

  @Test
  void its_daemon_starts_runs_tasks_and_stops() throws IOException {
    String file = root.write("tasks.json", TASKS).toString();

    braid("daemon", "start").expectExit(0);
    assertThat(braid("status", "--json").expectExit(0).json().at("/daemon/running").asBoolean())
        .isTrue();
    braid("run", file).expectExit(0);
    braid("daemon", "stop").expectExit(0);

    assertThat(root.path().resolve("memory/run/braid/endpoint.json")).doesNotExist();
  }

  @Test
  void every_command_finds_what_it_needs_of_java() {
    for (List<String> command :
        List.of(
            List.of("--help"),
            List.of("config", "show"),
            List.of("config", "validate"),
            List.of("skill", "create", "a-skill", "--description", "For a test."),
            List.of("skill", "list"),
            List.of("agent", "list"),
            List.of("cleanup", "--dry-run"),
            List.of("gc", "--dry-run"),
            List.of("resume"),
            List.of("logs"))) {
      Ended ended = braid(command.toArray(String[]::new));
      assertThat(ended.exit()).as("%s: %s", command, ended.err()).isZero();
    }
  }

  @Test
  void it_starts_from_its_cache_where_it_was_unpacked() {
    root.with("JDK_JAVA_OPTIONS", INSIST_ON_CACHE);

    assertThat(braid("--version").expectExit(0).out()).startsWith("braid ");
  }

  @Test
  void a_cache_that_is_older_than_the_program_is_not_used() throws IOException {
    Path jar = RELEASE.file("lib/braid.jar");
    FileTime time = Files.getLastModifiedTime(jar);
    FileTime made = Files.getLastModifiedTime(RELEASE.file("lib/braid.aot"));
    root.with("JDK_JAVA_OPTIONS", SHOW_OPTIONS);
    assertThat(braid("--version").expectExit(0).out()).contains("braid.aot");
    Files.setLastModifiedTime(jar, FileTime.from(made.toInstant().plusSeconds(1)));
    try {
      assertThat(braid("--version").expectExit(0).out()).doesNotContain("braid.aot");
    } finally {
      Files.setLastModifiedTime(jar, time);
    }
  }

  @Test
  void what_is_to_be_run_can_be_run_and_all_is_there() {
    assertThat(
            List.of(
                "bin/braid",
                "hooks/session-start",
                "hooks/stop",
                "hooks/plugin",
                "hooks/statusline"))
        .allSatisfy(name -> assertThat(RELEASE.file(name)).isExecutable());
    assertThat(
            List.of(
                "README.md",
                "LICENSE",
                "man/braid.1",
                "completion/braid.bash",
                "completion/_braid",
                "completion/braid.fish",
                "templates/hooks.json",
                "hooks/hooks.json",
                ".claude-plugin/plugin.json",
                "commands/run.md"))
        .allSatisfy(name -> assertThat(RELEASE.file(name)).isRegularFile());
  }
}

package dev.braid.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.cli.TaskDocument;
import dev.braid.cli.TempRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Symbolic links where Braid writes: what they lead to stays as it is. */
@Execution(ExecutionMode.CONCURRENT)
class PlantedLinksIT {
  private static final String PRECIOUS = "precious\n";

  @RegisterExtension final TempRoot root = new TempRoot();

  private Path precious;

  @BeforeEach
  void setUp() throws IOException {
    precious = root.write("precious.txt", PRECIOUS);
  }

  private void plant(String name) throws IOException {
    Path link = root.path().resolve(name);
    Files.createDirectories(link.getParent());
    Files.createSymbolicLink(link, precious);
  }

  private void assertPreciousIsWhole() throws IOException {
    assertThat(Files.readString(precious)).isEqualTo(PRECIOUS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "memory/temp/parallel-results/a.json",
        "memory/logs/parallel-execution-stats.json",
        "memory/run/braid/endpoint.json",
        "memory/run/braid/daemon.pid",
        "memory/run/braid/mode"
      })
  void a_link_in_place_of_a_file_is_replaced_and_not_followed(String name) throws IOException {
    plant(name);
    root.run("daemon", "start").expectExit(0);
    root.write("tasks.json", TaskDocument.of(TaskDocument.command("a", "echo out")));
    root.run("run", "--force", "tasks.json").expectExit(0);

    assertPreciousIsWhole();
    assertThat(Files.isSymbolicLink(root.path().resolve(name))).isFalse();
  }

  @Test
  void links_that_a_task_plants_beside_its_output_are_replaced() throws IOException {
    String plant =
        """
        folder=$(ls -d "$CLAUDE_CONFIG_DIR"/memory/temp/parallel-results/*-*)
        for name in merged.json report.txt tasks/a/result.json tasks/a/attempt-1/exit; do
          ln -s "$PWD/precious.txt" "$folder/$name"
        done
        """;
    root.write("tasks.json", TaskDocument.of(TaskDocument.command("a", plant)));
    var _ = root.run("run", "--force", "tasks.json");

    assertPreciousIsWhole();
    assertThat(root.result("a").path("task_id").asText()).isEqualTo("a");
  }

  @Test
  void removing_old_runs_follows_no_link_out_of_them() throws IOException {
    Path folder = Files.createDirectories(root.work().resolve("kept"));
    Path file = Files.writeString(folder.resolve("file"), PRECIOUS);
    String plant =
        "ln -s \"$PWD/kept\" \"$(ls -d \"$CLAUDE_CONFIG_DIR\"/memory/temp/parallel-results/*-*)/tasks/kept\"";
    root.write("tasks.json", TaskDocument.of(TaskDocument.command("a", plant)));
    root.run("run", "--force", "tasks.json").expectExit(0);
    Path run = root.runFolder();
    Files.createDirectories(root.configFile().getParent());
    Files.writeString(root.configFile(), "{\"keep_runs_days\":0,\"keep_runs_max_mb\":0}");

    var _ = root.run("gc");

    assertThat(Files.readString(file)).isEqualTo(PRECIOUS);
    assertThat(run.resolve("tasks/kept/file").toFile().exists() || !Files.exists(run)).isTrue();
  }

  @Test
  void what_is_planted_for_skills_agents_and_trash_leads_nowhere() throws IOException {
    Path outside = Files.createDirectories(root.work().resolve("outside"));
    List<String> names =
        new ArrayList<>(List.of("skills/temp", "agents/temp", "memory/temp/trash"));
    for (String name : names) {
      Path link = root.path().resolve(name);
      Files.createDirectories(link.getParent());
      Files.createSymbolicLink(link, outside);
    }

    var _ = root.run("skill", "create", "drawing", "--description", "draws");
    var _ = root.run("agent", "create", "painter", "--description", "paints");
    var _ = root.run("skill", "delete", "drawing");
    var _ = root.run("agent", "delete", "painter");

    assertThat(outside).isEmptyDirectory();
  }
}

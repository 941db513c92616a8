package dev.braid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class IdsIT {
  private static final List<String> IDS =
      List.of("A", "run", "x", "x.json", "tasks", "con", "7", "Z".repeat(128), "z".repeat(127));

  @RegisterExtension final TempRoot root = new TempRoot();

  @Test
  void ids_that_could_meet_on_disk_are_kept_apart() throws IOException {
    List<ObjectNode> tasks =
        IDS.stream().map(id -> TaskDocument.command(id, "echo I am " + id)).toList();
    root.write("tasks.json", TaskDocument.of(tasks));

    root.run("run", "tasks.json").expectExit(ExitCode.GOOD);

    for (String id : IDS) {
      Ended shown = root.run("results", root.runId(), id, "--json").expectExit(ExitCode.GOOD);
      assertThat(shown.json().path("output").asText()).isEqualTo("I am " + id + "\n");
    }
    assertThat(names(root.runFolder().resolve("tasks")))
        .hasSize(IDS.size())
        .doesNotHaveDuplicates()
        .contains("x", "7")
        .doesNotContain("A", "run", "x.json", "tasks", "con");
    assertThat(names(root.results()))
        .filteredOn(name -> name.endsWith(".json"))
        .hasSize(IDS.size());
  }

  /** Names as a disk sees them that ignores case. */
  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .map(name -> name.contains("~") ? name.toLowerCase(java.util.Locale.ROOT) : name)
          .toList();
    }
  }
}

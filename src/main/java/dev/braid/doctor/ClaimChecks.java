package dev.braid.doctor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.run.RunId;
import dev.braid.run.RunStore;
import dev.braid.store.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tasks of lists that say they are Braid's, although no run does them. */
final class ClaimChecks {
  /** Files of lists that are looked at. */
  private static final int MAX_FILES = 20_000;

  private static final int DEPTH = 2;

  private ClaimChecks() {}

  static List<Check> of(Patient patient) throws IOException {
    Path lists = patient.layout().places().taskLists();
    if (!Files.isDirectory(lists)) {
      return List.of(Check.good("claims", "no lists"));
    }
    Set<String> running = running(patient.store());
    var orphans = new TreeSet<String>();
    try (Stream<Path> files = Files.walk(lists, DEPTH)) {
      for (Path file :
          files.filter(each -> each.toString().endsWith(".json")).limit(MAX_FILES).toList()) {
        ObjectNode task = Json.parseObject(Files.readString(file));
        if (task != null && isOrphan(task, running)) {
          orphans.add(lists.relativize(file).toString());
        }
      }
    }
    return List.of(
        orphans.isEmpty()
            ? Check.good("claims", "every claimed task is being done")
            : Check.bad(
                "claims",
                "nobody does what Braid claimed: " + String.join(", ", orphans),
                "braid resume"));
  }

  private static Set<String> running(RunStore store) throws IOException {
    return store.unfinished().stream().map(RunId::value).collect(Collectors.toSet());
  }

  private static boolean isOrphan(ObjectNode task, Set<String> running) {
    return task.path("owner").asText().equals("braid")
        && !task.path("status").asText().equals("completed")
        && !running.contains(task.path("metadata").path("braid_run").asText());
  }
}

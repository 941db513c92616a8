package dev.braid.doctor;

import dev.braid.run.ClaimedTasks;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** Tasks of lists that say they are Braid's, although no run does them. */
final class ClaimChecks {
  private ClaimChecks() {}

  static List<Check> of(Patient patient) throws IOException {
    Set<String> orphans =
        ClaimedTasks.of(patient.store().places(), patient.store().unfinished())
            .withoutRun(ClaimedTasks.MAX_FILES);
    return List.of(
        orphans.isEmpty()
            ? Check.good("claims", "every claimed task is being done")
            : Check.bad(
                "claims",
                "nobody does what Braid claimed: " + String.join(", ", orphans),
                "braid resume"));
  }
}

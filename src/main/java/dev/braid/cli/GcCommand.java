package dev.braid.cli;

import dev.braid.config.Settings;
import dev.braid.run.Retention;
import dev.braid.run.RunStore;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code braid gc}: removes old runs by the rules of the configuration. */
@Command(name = "gc", description = "Removes the folders of old runs; their figures are kept.")
final class GcCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Option(names = "--dry-run", description = "Only say what would go.")
  private boolean dryRun;

  GcCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws IOException {
    Settings settings = Planning.settings(invocation, null);
    var retention =
        new Retention(
            new RunStore(invocation.places()),
            invocation.clock(),
            settings.keepRunsDays(),
            settings.keepRunsMaxMb());
    for (Retention.Removal removal : retention.due()) {
      invocation
          .out()
          .println(
              (dryRun ? "would remove " : "removed ")
                  + removal.id().value()
                  + " ("
                  + (removal.bytes() >> 10)
                  + " KiB): "
                  + removal.reason());
      if (!dryRun) {
        retention.remove(removal);
      }
    }
    return ExitCode.GOOD;
  }
}

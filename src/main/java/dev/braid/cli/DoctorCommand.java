package dev.braid.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.braid.config.ConfigReader;
import dev.braid.config.Settings;
import dev.braid.doctor.Check;
import dev.braid.doctor.Doctor;
import dev.braid.doctor.Patient;
import dev.braid.install.Layout;
import dev.braid.run.RunStore;
import dev.braid.store.Json;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code braid doctor}: what is wrong, and what to do about it. */
@Command(
    name = "doctor",
    description = "Looks at everything that has to be right; exit code 0 when it is.")
final class DoctorCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Option(names = "--deep", description = "Also ask Claude Code something, where the daemon runs.")
  private boolean deep;

  @Option(names = "--json", description = "Print it as JSON.")
  private boolean json;

  @Option(
      names = "--prefix",
      paramLabel = "FOLDER",
      description = "Where Braid was installed; ~/.local if not said.")
  private String prefix = "";

  DoctorCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    return check(Setup.layout(invocation, prefix));
  }

  /** Says what it finds, and answers with the exit code. */
  int check(Layout layout) {
    List<Check> checks = Doctor.examine(patient(layout), deep);
    if (json) {
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      for (Check check : checks) {
        array
            .addObject()
            .put("check", check.name())
            .put("health", check.health().wireName())
            .put("found", check.found())
            .put("remedy", check.remedy());
      }
      invocation.out().print(Json.pretty(array));
    } else {
      checks.forEach(this::print);
    }
    boolean isWell = checks.stream().noneMatch(check -> check.health() == Check.Health.BAD);
    return isWell ? ExitCode.GOOD : ExitCode.TASKS_FAILED;
  }

  private void print(Check check) {
    String remedy = check.remedy().isEmpty() ? "" : " -> " + check.remedy();
    invocation
        .out()
        .printf(
            Locale.ROOT,
            "%-4s  %-10s  %s%n",
            switch (check.health()) {
              case GOOD -> "ok";
              case NOTE -> "note";
              case BAD -> "BAD";
            },
            check.name(),
            Printable.line(check.found() + remedy));
  }

  private Patient patient(Layout layout) {
    var reader = new ConfigReader(invocation.home(), invocation.environment());
    ConfigReader.Outcome configuration = reader.read(null, Map.of());
    Settings settings =
        configuration instanceof ConfigReader.Loaded loaded
            ? loaded.settings()
            : Settings.defaults(invocation.places());
    return new Patient(
        layout,
        invocation.environment(),
        Version.number(),
        Setup.version(),
        configuration,
        settings,
        new RunStore(invocation.places()),
        Daemons.living(invocation),
        Setup.keeper(invocation));
  }
}

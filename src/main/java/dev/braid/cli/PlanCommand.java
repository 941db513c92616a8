package dev.braid.cli;

import dev.braid.config.Settings;
import dev.braid.plan.Plan;
import dev.braid.store.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code braid plan}: what would run side by side, and why. */
@Command(
    name = "plan",
    description = "Shows which tasks can run side by side, how long that takes, and why.")
final class PlanCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Mixin private TaskInput input = new TaskInput();

  @Option(names = "--json", description = "Print the plan as JSON.")
  private boolean json;

  @Option(
      names = "--explain",
      description = "Give the reason of each edge, conflict, type, duration and of the decision.")
  private boolean explain;

  PlanCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    Settings settings = Planning.settings(invocation, null);
    TaskInput.Read read = input.read(invocation, settings.trustListMetadata());
    Plan plan = Planning.plan(read.tasks(), settings, invocation);
    Double costUsd = Past.costUsd(plan.graph(), invocation);
    if (json) {
      invocation.out().print(Json.pretty(PlanJson.write(plan, costUsd, read.warnings())));
    } else {
      read.warnings().forEach(invocation::warn);
      PlanText.lines(plan, costUsd).forEach(invocation.out()::println);
    }
    if (explain) {
      // With --json the result alone goes to standard output.
      var to = json ? invocation.err() : invocation.out();
      plan.explanations().forEach(each -> to.println(Printable.line(each.text())));
    }
    return ExitCode.GOOD;
  }
}

package dev.braid.cli;

import dev.braid.run.RunHandle;
import dev.braid.run.RunOutcome;
import dev.braid.store.Json;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jline.utils.Signals;

/** Waits for a run of this process, lets Ctrl-C end it, and prints what came out. */
final class Following {
  private final Invocation invocation;
  private final boolean json;
  private final AtomicInteger interrupts = new AtomicInteger();

  Following(Invocation invocation, boolean json) {
    this.invocation = invocation;
    this.json = json;
  }

  /** A run and what shows it. */
  record Followed(RunHandle run, Progress progress) {}

  /** Returns the exit code. */
  int toTheEnd(RunHandle run, Progress progress) {
    return allToTheEnd(List.of(new Followed(run, progress)));
  }

  /** Follows runs that go on at the same time; returns the worst exit code. */
  int allToTheEnd(List<Followed> all) {
    Object _ = Signals.register("INT", () -> interrupted(all));
    int worst = ExitCode.GOOD;
    for (Followed each : all) {
      RunOutcome outcome = outcome(each);
      print(outcome);
      worst = Math.max(worst, exitCode(outcome));
    }
    return interrupts.get() > 0 ? ExitCode.INTERRUPTED : worst;
  }

  private static RunOutcome outcome(Followed followed) {
    RunHandle run = followed.run();
    try {
      return run.finished().get();
    } catch (ExecutionException e) {
      throw new Failed(
          ExitCode.CANNOT_WRITE,
          "run "
              + run.file().id().shortForm()
              + " cannot go on: "
              + message(e)
              + "; take it up again with: braid resume");
    } catch (InterruptedException e) {
      throw new Failed(ExitCode.INTERNAL, "interrupted while waiting for a run");
    } finally {
      followed.progress().close();
    }
  }

  private void interrupted(List<Followed> all) {
    if (interrupts.incrementAndGet() == 1) {
      all.getFirst().progress().say("ending all tasks; press Ctrl-C again to end them at once");
      all.forEach(each -> each.run().cancel());
    } else {
      all.forEach(each -> each.run().kill());
    }
  }

  private static String message(ExecutionException e) {
    Throwable cause = e.getCause();
    return Printable.line(cause == null ? e.toString() : String.valueOf(cause.getMessage()));
  }

  /** The result on standard output, the report beside it. */
  void print(RunOutcome outcome) {
    outcome
        .parked()
        .ifPresent(why ->
            invocation.warn(
                "run "
                    + outcome.file().id().shortForm()
                    + " is "
                    + why
                    + "; go on with: braid resume"));
    if (json) {
      invocation.out().print(Json.pretty(RunJson.write(outcome)));
    } else {
      outcome.report(invocation.terminal().unicode()).forEach(invocation.err()::println);
      outcome.merged().warnings().forEach(invocation::warn);
      invocation.out().print(Json.pretty(outcome.merged().document()));
    }
  }

  static int exitCode(RunOutcome outcome) {
    if (outcome.parked().isPresent()) {
      return ExitCode.PARKED;
    }
    return outcome.isGood() ? ExitCode.GOOD : ExitCode.TASKS_FAILED;
  }
}

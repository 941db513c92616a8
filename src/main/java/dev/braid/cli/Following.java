package dev.braid.cli;

import dev.braid.run.RunHandle;
import dev.braid.run.RunOutcome;
import dev.braid.store.Json;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jline.utils.Signals;

/** Waits for runs of this process, lets Ctrl-C end them, and prints what came out. */
final class Following {
  private final Invocation invocation;
  private final boolean json;
  private final AtomicInteger interrupts = new AtomicInteger();

  /** Added to by the program's thread, read by that of signals. */
  private final List<Followed> all = new CopyOnWriteArrayList<>();

  Following(Invocation invocation, boolean json) {
    this.invocation = invocation;
    this.json = json;
  }

  /** A run and what shows it. */
  private record Followed(RunHandle run, Progress progress) {}

  /**
   * Hears Ctrl-C from now on. To be called before a run is begun or taken up: else one that comes
   * in between would end this program and leave the tasks running.
   */
  Following listen() {
    Object _ = Signals.register("INT", this::interrupted);
    return this;
  }

  /** Takes one more run; it ends at once when Ctrl-C was heard already. */
  void add(RunHandle run, Progress progress) {
    all.add(new Followed(run, progress));
    if (interrupts.get() > 0) {
      run.cancel();
    }
  }

  /** Waits for the runs, which go on at the same time; returns the worst exit code. */
  int toTheEnd() {
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

  private void interrupted() {
    if (interrupts.incrementAndGet() == 1) {
      all.stream()
          .findFirst()
          .ifPresent(first ->
              first.progress().say("ending all tasks; press Ctrl-C again to end them at once"));
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

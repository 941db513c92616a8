package dev.braid.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.result.Failure;
import dev.braid.result.Status;
import dev.braid.store.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of one attempt. */
sealed interface Verdict {
  /** No process ran for it, and none will. */
  record NeverRan() implements Verdict {}

  /**
   * It ran, or could not be started at all.
   *
   * @param mayPass whether another attempt may succeed where this one failed
   * @param start null when no process was started
   * @param end null when no process was started
   * @param seconds how long it took
   */
  record Judged(
      Status status,
      @Nullable Failure failure,
      boolean mayPass,
      String output,
      @Nullable String error,
      @Nullable Integer exitCode,
      @Nullable Instant start,
      @Nullable Instant end,
      double seconds,
      List<String> warnings,
      ObjectNode fields,
      Worker worker)
      implements Verdict {
    /** Attempts to start a process where the machine is at a limit. */
    private static final int MOST_STARTS = 3;

    /**
     * How many attempts its task has, where so many are wanted. What never began did nothing, so
     * that it may be tried again even where a failure must not be.
     */
    int mostAttempts(int wanted) {
      boolean hasBegun = start != null || !worker.equals(Worker.COMMAND);
      return hasBegun ? wanted : Math.max(wanted, MOST_STARTS);
    }

    /** The same attempt, which looked good and is not. */
    Judged failed(Failure because, String why) {
      return with(Status.FAILED, because, why, warnings);
    }

    /** The same attempt, with something more to know about it. */
    Judged warned(String warning) {
      var more = new ArrayList<>(warnings);
      more.add(warning);
      return with(status, failure, error, more);
    }

    private Judged with(
        Status newStatus,
        @Nullable Failure newFailure,
        @Nullable String newError,
        List<String> newWarnings) {
      return new Judged(
          newStatus,
          newFailure,
          newFailure == failure && mayPass,
          output,
          newError,
          exitCode,
          start,
          end,
          seconds,
          newWarnings,
          fields,
          worker);
    }
  }

  /**
   * Nothing can go on at the moment, which is not the task's fault: it is done later.
   *
   * @param message why, with what a person can do about it
   * @param until when it can go on; null when a person has to do something first
   */
  record Halted(
      Failure failure, String message, @Nullable Instant until, double seconds, Worker worker)
      implements Verdict {}

  /** Who did the attempt, and what it took. */
  static Worker worker(Verdict verdict) {
    return switch (verdict) {
      case NeverRan _ -> Worker.COMMAND;
      case Judged judged -> judged.worker();
      case Halted halted -> halted.worker();
    };
  }

  /**
   * An attempt whose process could not be started.
   *
   * @param mayPass whether it may be possible soon
   */
  static Judged notStarted(String problem, boolean mayPass) {
    return withoutProcess(Status.FAILED, Failure.CRASH, mayPass, problem);
  }

  /** An attempt that was called off before its process began. */
  static Judged calledOff() {
    return withoutProcess(Status.CANCELLED, Failure.CANCELLED, false, "cancelled before it began");
  }

  private static Judged withoutProcess(
      Status status, Failure failure, boolean mayPass, String error) {
    return new Judged(
        status,
        failure,
        mayPass,
        "",
        error,
        null,
        null,
        null,
        0,
        List.of(),
        Json.object(),
        Worker.COMMAND);
  }
}

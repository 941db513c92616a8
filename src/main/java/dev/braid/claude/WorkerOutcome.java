package dev.braid.claude;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What became of a worker, judged by its exit status and the last turn of its stream. */
public sealed interface WorkerOutcome {
  /**
   * It did its task.
   *
   * @param denied what it was not allowed to do on the way; empty when nothing
   */
  record Done(ObjectNode result, String denied) implements WorkerOutcome {}

  /**
   * It did not.
   *
   * @param message why, for a person, with what to do about it where that is known
   * @param mayPass whether another attempt may succeed
   */
  record Failed(Cause cause, String message, boolean mayPass) implements WorkerOutcome {}

  /**
   * Nothing can go on at the moment, and that is not the task's fault.
   *
   * @param until when it can go on; null when a person has to do something first
   */
  record Halted(Cause cause, String message, @Nullable Instant until) implements WorkerOutcome {}

  /** Why a worker did not succeed. */
  enum Cause {
    /** It says itself that it did not, or Claude Code refused to start it. */
    REPORTED,
    PERMISSION,
    RATE_LIMIT,
    BUDGET,
    AUTH,
    INVALID_RESULT,
    /** Claude Code broke, or the API did. */
    CRASH
  }

  /**
   * What a worker left.
   *
   * @param exitStatus null when nobody saw it; 128 + signal when a signal ended it
   * @param last its last turn; null when it had none
   * @param limit what it said of the account's usage limit; null when nothing
   * @param stderr the end of what it wrote to standard error
   */
  record Left(
      @Nullable Integer exitStatus,
      @Nullable TurnResult last,
      StreamEvent.@Nullable LimitReached limit,
      String stderr) {}

  /** So much of what it said is repeated, in characters: an answer may be of any length. */
  int MAX_WORDS = 2_000;

  /** Exit statuses from here on are signals. */
  int FIRST_SIGNAL_STATUS = 129;

  /** What a shell says of a program that is not there. */
  int NOT_FOUND_STATUS = 127;

  /**
   * Judges a worker.
   *
   * @param showsWork whether a structured result names something that is really there
   */
  static WorkerOutcome of(Left left, Predicate<ObjectNode> showsWork) {
    TurnResult last = left.last();
    if (last == null) {
      return withoutResult(left);
    }
    if (last.terminalReason().equals("api_error")) {
      return refused(last, left.limit());
    }
    return switch (last.terminalReason()) {
      case "budget_exhausted" ->
          new Failed(
              Cause.BUDGET,
              said(last, "its budget is spent") + "; allow more with max_budget_usd of the task",
              false);
      case "max_turns" ->
          new Failed(
              Cause.BUDGET,
              said(last, "it has no turns left") + "; allow more with maxTurns of its agent",
              false);
      case "completed" -> completed(left, last, showsWork);
      case "structured_output_retry_exhausted" ->
          new Failed(
              Cause.INVALID_RESULT, said(last, "it returned no good structured result"), false);
      case "hook_stopped" -> new Failed(Cause.REPORTED, "a hook of the user stopped it", false);
      default -> brokenOff(left, last);
    };
  }

  /** An interrupt exits with 0 and may pass; what Claude Code broke off itself exits with 1. */
  private static Failed brokenOff(Left left, TurnResult last) {
    boolean wasInterrupted =
        last.terminalReason().startsWith("aborted") && !Objects.equals(left.exitStatus(), 1);
    if (!wasInterrupted && !last.denials().isEmpty()) {
      return denied(String.join(", ", last.denials()) + words(last.text()));
    }
    String what = "it ended before its work was done" + words(last.terminalReason());
    return new Failed(Cause.CRASH, what + words(last.text()), wasInterrupted);
  }

  private static Failed withoutResult(Left left) {
    Integer status = left.exitStatus();
    if (status == null) {
      return new Failed(Cause.CRASH, "its process is gone and left no result", true);
    }
    if (status == NOT_FOUND_STATUS) {
      return new Failed(Cause.CRASH, CliVersion.HOW_TO_INSTALL, false);
    }
    if (status >= FIRST_SIGNAL_STATUS) {
      return signalled(status, left.stderr());
    }
    String what = "Claude Code exited with status " + status + " and no result";
    // It does so when it is interrupted (SIGINT): nothing it refused, so it may go on.
    boolean wasInterrupted = status == 0;
    return new Failed(
        wasInterrupted ? Cause.CRASH : Cause.REPORTED, what + words(left.stderr()), wasInterrupted);
  }

  private static Failed signalled(int status, String stderr) {
    int signal = status - FIRST_SIGNAL_STATUS + 1;
    String what = "Claude Code was ended by signal " + signal;
    return new Failed(Cause.CRASH, what + words(stderr), true);
  }

  private static WorkerOutcome refused(TurnResult last, StreamEvent.@Nullable LimitReached limit) {
    String text = said(last, "the API refused it with status " + last.apiStatus());
    if (last.apiError().equals("usage_limit_reached")
        || (limit != null && limit.resets() != null)) {
      return new Halted(Cause.RATE_LIMIT, text, limit == null ? null : limit.resets());
    }
    return switch (last.apiStatus()) {
      case 401, 403 ->
          new Halted(
              Cause.AUTH, text + "; log in with: claude, then /login, or mend the key", null);
      case 429, 529 -> new Failed(Cause.RATE_LIMIT, text, true);
      case 400, 402, 404, 413, 422 ->
          last.text().contains("redit balance")
              ? new Halted(Cause.BUDGET, text + "; add credit to the account", null)
              : new Failed(Cause.REPORTED, text, false);
      default -> new Failed(Cause.CRASH, text, true);
    };
  }

  private static WorkerOutcome completed(
      Left left, TurnResult last, Predicate<ObjectNode> showsWork) {
    String denied = String.join(", ", last.denials());
    ObjectNode result = last.structured();
    Integer status = left.exitStatus();
    if (status != null && status >= FIRST_SIGNAL_STATUS) {
      // A turn had ended, not the process: more may have been to come.
      return signalled(status, left.stderr());
    }
    if (last.isError() || (status != null && status != 0)) {
      return denied.isEmpty()
          ? new Failed(
              Cause.REPORTED,
              (status == null
                      ? "Claude Code calls it an error"
                      : "Claude Code exited with status " + status)
                  + words(last.text()),
              false)
          : denied(denied);
    }
    if (result == null) {
      return denied.isEmpty()
          ? new Failed(
              Cause.INVALID_RESULT, "it returned no structured result" + words(last.text()), false)
          : denied(denied);
    }
    if (!result.path("outcome").asText().equals("done")) {
      String outcome = result.path("outcome").asText();
      String said =
          (outcome.isBlank() ? "it does not say that it is done" : cut(outcome))
              + words(result.path("summary").asText());
      return denied.isEmpty()
          ? new Failed(Cause.REPORTED, said, false)
          : new Failed(Cause.PERMISSION, said + "; " + denied(denied).message(), false);
    }
    return denied.isEmpty() || showsWork.test(result) ? new Done(result, denied) : denied(denied);
  }

  private static Failed denied(String tools) {
    return new Failed(
        Cause.PERMISSION,
        "not allowed: " + tools + "; allow it with allowed_tools of the task or its type",
        false);
  }

  /** What it said, or what is to be said when it said nothing. */
  private static String said(TurnResult last, String instead) {
    return last.text().isBlank() ? instead : cut(last.text());
  }

  private static String words(String text) {
    return text.isBlank() ? "" : ": " + cut(text.strip());
  }

  private static String cut(String text) {
    return text.length() <= MAX_WORDS ? text : text.substring(0, MAX_WORDS) + " [...]";
  }
}

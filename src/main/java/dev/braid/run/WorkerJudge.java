package dev.braid.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.claude.EventStream;
import dev.braid.claude.StreamEvent;
import dev.braid.claude.TurnResult;
import dev.braid.claude.WorkerOutcome;
import dev.braid.process.AttemptFolder;
import dev.braid.process.Trace;
import dev.braid.result.Failure;
import dev.braid.store.Json;
import dev.braid.task.Task;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Says of an attempt of a model what became of it, by its stream and exit status.
 *
 * @param folder where the task works
 * @param session the conversation of the attempt
 */
record WorkerJudge(Task task, Path folder, @Nullable String subagent, String session)
    implements Judge {
  private static final int ERROR_BYTES = 4 << 10;

  /** So many files are named in a warning; the rest is counted. */
  private static final int MAX_NAMED = 5;

  /** Names of what a result is about, which is not work. */
  private static final List<String> NOT_WORK = List.of("outcome", "summary", "service_name");

  /** What a stream says when it is read to its end. */
  private static final class Heard {
    private @Nullable TurnResult last;
    private StreamEvent.@Nullable LimitReached limit;

    /** Of all turns; 0 before the first one has ended. */
    private double costUsd;

    private long turnTokens;

    /** Tokens by answer: the parts of one answer repeat them. */
    private final Map<String, Long> tokens = new HashMap<>();

    void add(StreamEvent event) {
      switch (event) {
        case StreamEvent.Ended ended -> {
          TurnResult turn = ended.result();
          last = turn;
          costUsd = turn.costUsd() + (turn.isTotal() ? 0 : costUsd);
          turnTokens = turn.tokens() + (turn.isTotal() ? 0 : turnTokens);
        }
        case StreamEvent.LimitReached reached -> limit = reached;
        case StreamEvent.Answered answered -> tokens.put(answered.message(), answered.tokens());
        case StreamEvent.Began _, StreamEvent.Refused _ -> {}
      }
    }

    /** Of the turns, and before one has ended of the answers. */
    long allTokens() {
      long answered = tokens.values().stream().mapToLong(Long::longValue).sum();
      return turnTokens == 0 ? answered : turnTokens;
    }
  }

  @Override
  public Verdict of(Trace trace, AttemptFolder attempt, @Nullable Reason ended, double seconds) {
    return switch (trace) {
      case Trace.NeverRan _ -> ended == null ? new Verdict.NeverRan() : Verdict.calledOff();
      case Trace.Exited(int code, Instant since, _) -> judge(code, since, seconds, attempt, ended);
      case Trace.Lost(Instant since) -> judge(null, since, seconds, attempt, ended);
      case Trace.Alive(_, Instant since) -> judge(null, since, seconds, attempt, ended);
    };
  }

  private Verdict judge(
      @Nullable Integer code,
      Instant since,
      double seconds,
      AttemptFolder attempt,
      @Nullable Reason ended) {
    try {
      var heard = new Heard();
      new EventStream(attempt.stdout()).finish(heard::add);
      String stderr = OutputText.tail(attempt.stderr(), ERROR_BYTES);
      OutputText.shorten(attempt.stderr());
      var judged = new Judged(heard, code, since, seconds, stderr);
      if (ended == Reason.CANCELLED) {
        return judged.bad(ended.failure(), "cancelled", false);
      }
      if (ended == Reason.TIMEOUT) {
        return atTimeout(judged, new WorkerOutcome.Left(null, heard.last, heard.limit, stderr));
      }
      var left = new WorkerOutcome.Left(code, heard.last, heard.limit, stderr);
      return switch (WorkerOutcome.of(left, result -> showsWork(result, since))) {
        case WorkerOutcome.Done done -> judged.good(done, List.of());
        case WorkerOutcome.Halted halted ->
            new Verdict.Halted(
                failure(halted.cause(), code),
                halted.message(),
                halted.until(),
                seconds,
                judged.worker());
        case WorkerOutcome.Failed failed ->
            judged.bad(failure(failed.cause(), code), failed.message(), failed.mayPass());
      };
    } catch (IOException e) {
      throw new UncheckedIOException("reading what task " + task.id() + " left", e);
    }
  }

  /** Work that was done and paid for counts, also when its process would not end. */
  private Verdict atTimeout(Judged judged, WorkerOutcome.Left left) {
    return WorkerOutcome.of(left, result -> showsWork(result, judged.since))
            instanceof WorkerOutcome.Done done
        ? judged.good(done, List.of("its process did not end by itself and was ended"))
        : judged.bad(Reason.TIMEOUT.failure(), "took longer than its timeout and was ended", false);
  }

  private static Failure failure(WorkerOutcome.Cause cause, @Nullable Integer code) {
    return switch (cause) {
      case REPORTED -> Failure.EXIT;
      case PERMISSION -> Failure.PERMISSION;
      case RATE_LIMIT -> Failure.RATE_LIMIT;
      case BUDGET -> Failure.BUDGET;
      case AUTH -> Failure.AUTH;
      case INVALID_RESULT -> Failure.INVALID_RESULT;
      case CRASH -> code == null ? Failure.LOST : Failure.CRASH;
    };
  }

  /**
   * Whether a result holds more than words: figures other than zero, findings, or files that are
   * there and new.
   */
  private boolean showsWork(ObjectNode result, Instant since) {
    for (Map.Entry<String, JsonNode> field : result.properties()) {
      JsonNode value = field.getValue();
      boolean counts = !NOT_WORK.contains(field.getKey()) && !value.isEmpty();
      if (counts && value.isArray() && value.path(0).isTextual()) {
        if (field.getKey().equals("files") ? changed(value, since) : !value.isEmpty()) {
          return true;
        }
      } else if (counts || (value.isNumber() && value.doubleValue() != 0)) {
        return true;
      }
    }
    return false;
  }

  private boolean changed(JsonNode files, Instant since) {
    return files.valueStream().anyMatch(file -> changedAt(file.asText()).compareTo(since) >= 0);
  }

  /** When a file that the result names was changed; long ago when there is none. */
  private Instant changedAt(String name) {
    try {
      // A file system may keep whole seconds only.
      return Files.getLastModifiedTime(folder.resolve(name)).toInstant().plusSeconds(1);
    } catch (IOException | InvalidPathException _) {
      return Instant.EPOCH;
    }
  }

  /** Files that a result says it wrote. */
  private static List<String> written(ObjectNode result) {
    return result
        .path("files")
        .valueStream()
        .filter(JsonNode::isTextual)
        .map(JsonNode::asText)
        .toList();
  }

  /** Those of the files that are not there: deleted on purpose, or never written. */
  private List<String> missing(List<String> files) {
    return files.stream().filter(file -> changedAt(file).equals(Instant.EPOCH)).toList();
  }

  private static String inShort(List<String> files) {
    String first = String.join(", ", files.subList(0, Math.min(MAX_NAMED, files.size())));
    int rest = files.size() - MAX_NAMED;
    return rest > 0 ? first + " and " + rest + " more" : first;
  }

  /** The figures of one attempt, on the way to its verdict. */
  private final class Judged {
    private final Heard heard;
    private final @Nullable Integer code;
    private final Instant since;
    private final double seconds;
    private final String stderr;

    Judged(Heard heard, @Nullable Integer code, Instant since, double seconds, String stderr) {
      this.heard = heard;
      this.code = code;
      this.since = since;
      this.seconds = seconds;
      this.stderr = stderr;
    }

    Worker worker() {
      Double costUsd = heard.last == null ? null : Double.valueOf(heard.costUsd);
      return new Worker(subagent, session, costUsd, heard.allTokens());
    }

    Verdict good(WorkerOutcome.Done done, List<String> known) {
      List<String> written = written(done.result());
      List<String> missing = missing(written);
      if (!missing.isEmpty() && missing.size() == written.size()) {
        String error = "it says that it wrote " + missing.getFirst() + ", which is not there";
        return verdict(Failure.UNVERIFIED, error, false, List.of(), fields(done.result()));
      }
      var warnings = new ArrayList<>(known);
      if (!missing.isEmpty()) {
        warnings.add("it names files that are not there: " + inShort(missing));
      }
      if (!done.denied().isEmpty()) {
        warnings.add("not allowed on the way: " + done.denied());
      }
      ObjectNode fields = fields(done.result());
      boolean shortened = LongTexts.shorten(fields);
      if (shortened) {
        warnings.add("its result was too long to keep whole: see the stdout of its attempt");
      }
      return verdict(null, null, false, warnings, fields);
    }

    Verdict bad(Failure failure, String error, boolean mayPass) {
      TurnResult last = heard.last;
      ObjectNode result = last == null ? null : last.structured();
      ObjectNode fields = result == null ? Json.object() : fields(result);
      boolean _ = LongTexts.shorten(fields);
      String more = stderr.isBlank() || error.contains(stderr.strip()) ? "" : ": " + stderr;
      return verdict(failure, error + more, mayPass, List.of(), fields);
    }

    private ObjectNode fields(ObjectNode result) {
      ObjectNode fields = result.deepCopy();
      if (task.serviceName() != null && !fields.has("service_name")) {
        fields.put("service_name", task.serviceName());
      }
      return fields;
    }

    private Verdict verdict(
        @Nullable Failure failure,
        @Nullable String error,
        boolean mayPass,
        List<String> warnings,
        ObjectNode fields) {
      return new Verdict.Judged(
          Judge.status(failure),
          failure,
          mayPass,
          output(),
          error,
          code,
          since,
          since.plusNanos(Math.round(seconds * 1e9)),
          seconds,
          warnings,
          fields,
          worker());
    }

    /** The summary of a structured result, else the answer in words. */
    private String output() {
      TurnResult last = heard.last;
      if (last == null) {
        return "";
      }
      ObjectNode result = last.structured();
      String text = result == null ? last.text() : result.path("summary").asText();
      return text.length() <= OutputText.IN_RESULT_BYTES
          ? text
          : text.substring(0, OutputText.IN_RESULT_BYTES);
    }
  }
}

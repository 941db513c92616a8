package dev.braid.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.process.AttemptFolder;
import dev.braid.process.Trace;
import dev.braid.result.Failure;
import dev.braid.store.Json;
import dev.braid.task.Task;
import dev.braid.task.TaskType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says of an attempt of a command what became of it, from what it left behind. */
final class CommandJudge implements Judge {
  private static final int ERROR_BYTES = 4 << 10;

  private final Task task;
  private final TaskType type;
  private final Path folder;
  private final TestReports reports;

  /**
   * @param folder where the task works
   */
  CommandJudge(Task task, TaskType type, Path folder, TestReports reports) {
    this.task = task;
    this.type = type;
    this.folder = folder;
    this.reports = reports;
  }

  @Override
  public Verdict of(Trace trace, AttemptFolder folder, @Nullable Reason ended, double seconds) {
    return switch (trace) {
      case Trace.NeverRan _ -> ended == null ? new Verdict.NeverRan() : Verdict.calledOff();
      case Trace.Exited(int code, Instant since, _) -> judge(code, since, seconds, folder, ended);
      case Trace.Lost(Instant since) -> judge(null, since, seconds, folder, ended);
      case Trace.Alive(_, Instant since) -> judge(null, since, seconds, folder, ended);
    };
  }

  private Verdict judge(
      @Nullable Integer code,
      Instant since,
      double seconds,
      AttemptFolder folder,
      @Nullable Reason ended) {
    try {
      OutputText.shorten(folder.stdout());
      OutputText.shorten(folder.stderr());
      String output = OutputText.read(folder.stdout(), OutputText.IN_RESULT_BYTES);
      Failure failure = failure(code, ended);
      var warnings = new ArrayList<String>();
      return new Verdict.Judged(
          Judge.status(failure),
          failure,
          failure == Failure.EXIT && task.limits().maxRetries() != null,
          output,
          failure == null ? null : error(failure, code, folder),
          code,
          since,
          since.plusNanos(Math.round(seconds * 1e9)),
          seconds,
          warnings,
          fields(since, output, warnings),
          Worker.COMMAND);
    } catch (IOException e) {
      throw new UncheckedIOException("reading what task " + task.id() + " left", e);
    }
  }

  private static @Nullable Failure failure(@Nullable Integer code, @Nullable Reason ended) {
    if (ended != null) {
      return ended.failure();
    }
    if (code == null) {
      return Failure.LOST;
    }
    return code == 0 ? null : Failure.EXIT;
  }

  private String error(Failure failure, @Nullable Integer code, AttemptFolder folder)
      throws IOException {
    String tail = OutputText.tail(folder.stderr(), ERROR_BYTES);
    String what =
        switch (failure) {
          case TIMEOUT -> "took longer than its timeout and was ended";
          case CANCELLED -> "cancelled";
          case LOST -> "its process is gone and left no exit status";
          default -> "exited with status " + code;
        };
    return tail.isBlank() ? what : what + ": " + tail;
  }

  private ObjectNode fields(Instant since, String output, List<String> warnings)
      throws IOException {
    ObjectNode fields = Json.object();
    if (task.serviceName() != null) {
      fields.put("service_name", task.serviceName());
    }
    if (type == TaskType.TESTING) {
      reports.putFigures(task, folder, since, output, fields, warnings);
    }
    return fields;
  }
}

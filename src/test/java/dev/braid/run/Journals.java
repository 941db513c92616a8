package dev.braid.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.result.Failure;
import dev.braid.result.Status;
import dev.braid.result.TaskResult;
import dev.braid.store.Json;
import dev.braid.task.TaskId;
import dev.braid.task.TaskType;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What stands in the journals of tests. */
final class Journals {
  static final Instant AT = HandClock.BEGIN;
  static final TaskId A = new TaskId("a");
  static final TaskId B = new TaskId("b");
  private static final String RUN = "019b0000-0000-7000-8000-000000000001";

  private Journals() {}

  static Entry.Starting starting(TaskId task, int attempt) {
    return starting(task, attempt, null);
  }

  static Entry.Starting starting(TaskId task, int attempt, @Nullable String session) {
    return new Entry.Starting(AT, task, attempt, "nonce-" + attempt, 2, "boot", 77, session);
  }

  static Entry.Retried retried(TaskId task, int attempt, double seconds, @Nullable Double cost) {
    return new Entry.Retried(AT, task, attempt, "it broke", seconds, true, cost, 5L);
  }

  static Entry.Ended ended(TaskId task, Status status) {
    return new Entry.Ended(AT, result(task, status, null));
  }

  static TaskResult result(TaskId task, Status status, @Nullable Double cost) {
    Failure failure =
        switch (status) {
          case SUCCESS -> null;
          case CANCELLED -> Failure.CANCELLED;
          case SKIPPED -> Failure.DEPENDENCY;
          case FAILED -> Failure.EXIT;
        };
    ObjectNode fields = Json.object().put("service_name", "auth");
    fields.putArray("files").add("one.java");
    return new TaskResult(
        task,
        RUN,
        TaskType.SERVICE_CREATION,
        "builder",
        status,
        failure,
        "what it printed\n",
        failure == null ? null : "it broke",
        List.of("mind the gap"),
        failure == null ? 0 : 1,
        2.5,
        AT,
        AT.plusMillis(2500),
        1,
        "session-1",
        cost,
        cost == null ? null : 100L,
        fields);
  }
}

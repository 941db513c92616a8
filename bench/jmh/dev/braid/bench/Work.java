package dev.braid.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.intake.Intake;
import dev.braid.intake.TaskFile;
import dev.braid.result.Status;
import dev.braid.result.TaskResult;
import dev.braid.task.Task;
import dev.braid.task.TaskId;
import dev.braid.task.TaskType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** What is measured: the task files that {@code bench/growth.py} writes, and results of tasks. */
final class Work {
  /** Where the task files are, and where files may be written: a folder on a real disk. */
  private static final Path FOLDER = Path.of(System.getProperty("braid.bench.folder", "."));

  private static final Instant START = Instant.parse("2026-02-16T10:30:00Z");
  private static final TaskType[] TYPES = {
    TaskType.SERVICE_CREATION, TaskType.TESTING, TaskType.SEARCH
  };

  private Work() {}

  static Path folder(String name) throws IOException {
    return Files.createTempDirectory(FOLDER, name);
  }

  /** The file of so many tasks. */
  static byte[] taskFile(int size) throws IOException {
    return Files.readAllBytes(FOLDER.resolve("tasks-" + size + ".json"));
  }

  static List<Task> tasks(int size) throws IOException {
    return switch (TaskFile.read(taskFile(size))) {
      case Intake.Accepted accepted -> accepted.tasks();
      case Intake.Refused(var problem) -> throw new IllegalStateException(problem);
    };
  }

  /** A success with the typed fields of its kind, as a worker returns it. */
  static TaskResult result(int number) {
    TaskType type = TYPES[number % TYPES.length];
    return new TaskResult(
        new TaskId("t" + number),
        "0198",
        type,
        "general-purpose",
        Status.SUCCESS,
        null,
        "Did what was asked for in part " + number + " and looked at it twice.",
        null,
        List.of(),
        0,
        3.2,
        START,
        START.plusMillis(3_200),
        1,
        "0198c0de-0000-7000-8000-000000000001",
        0.02,
        12_000L,
        fields(type, number));
  }

  private static ObjectNode fields(TaskType type, int number) {
    ObjectNode fields = JsonNodeFactory.instance.objectNode();
    fields.put("outcome", "done").put("summary", "did it").put("service_name", "service-" + number);
    switch (type) {
      case TESTING -> fields.put("test_count", 20).put("passed", 20).put("failed", 0);
      case SEARCH -> fields.putArray("files").addObject().put("path", "part" + number + "/app.yml");
      default -> fields.putArray("files").add("part" + number + "/App.java");
    }
    return fields;
  }
}

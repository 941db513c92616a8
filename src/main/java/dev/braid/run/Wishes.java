package dev.braid.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.store.AtomicFile;
import dev.braid.store.AtomicFile.Durability;
import dev.braid.store.Json;
import dev.braid.store.RunFolder;
import dev.braid.task.TaskId;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How others ask the owner of a run for something: by a file in the run's folder. A wish outlives
 * an owner that dies before it was granted; the next one finds it.
 */
public final class Wishes {
  /** Wishes granted at a time; more wait for the next look. */
  private static final int MAX_AT_ONCE = 100;

  private Wishes() {}

  /**
   * To cancel tasks.
   *
   * @param tasks which; none means all
   * @param grace between TERM and KILL
   * @param file where the wish is written
   */
  record Wish(List<TaskId> tasks, Duration grace, Path file) {
    /** Takes it away; its granting is in the journal now. */
    void granted() {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        throw new UncheckedIOException("removing the wish " + file, e);
      }
    }
  }

  /** Asks the owner to cancel tasks of a run, all when none is named. */
  public static void cancel(RunFolder folder, List<TaskId> tasks, String name) throws IOException {
    cancel(folder, tasks, Attempt.GRACE, name);
  }

  /** The same, with another time between TERM and KILL. */
  public static void cancel(RunFolder folder, List<TaskId> tasks, Duration grace, String name)
      throws IOException {
    ObjectNode node = Json.object().put("wish", "cancel").put("grace_ms", grace.toMillis());
    ArrayNode array = node.putArray("tasks");
    tasks.forEach(task -> array.add(task.value()));
    AtomicFile.write(folder.wishes().resolve(name + ".json"), Json.line(node), Durability.MACHINE);
  }

  static List<Wish> waiting(RunFolder folder) {
    File[] files = folder.wishes().toFile().listFiles((_, name) -> name.endsWith(".json"));
    var wishes = new ArrayList<Wish>();
    if (files == null) {
      return wishes;
    }
    try {
      for (File file : files) {
        if (wishes.size() < MAX_AT_ONCE) {
          ObjectNode node = Json.parseObject(AtomicFile.text(file.toPath()));
          if (node != null && node.path("wish").asText().equals("cancel")) {
            wishes.add(new Wish(tasks(node), grace(node), file.toPath()));
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("reading the wishes in " + folder.wishes(), e);
    }
    return wishes;
  }

  private static Duration grace(ObjectNode node) {
    return Duration.ofMillis(node.path("grace_ms").asLong(Attempt.GRACE.toMillis()));
  }

  private static List<TaskId> tasks(ObjectNode node) {
    var tasks = new ArrayList<TaskId>();
    for (JsonNode task : node.path("tasks")) {
      if (TaskId.isValid(task.asText())) {
        tasks.add(new TaskId(task.asText()));
      }
    }
    return tasks;
  }
}

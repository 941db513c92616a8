package dev.braid.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.config.Places;
import dev.braid.store.AtomicFile;
import dev.braid.store.AtomicFile.Durability;
import dev.braid.store.Json;
import dev.braid.task.Task;
import dev.braid.task.TaskId;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The variables a run executes with. They may hold secrets: they are kept in one file that only its
 * owner may read, outside the run's folder, for as long as the run may have to be taken up again.
 *
 * @param caller all variables of whoever asked for the run
 * @param tasks variables of single tasks
 */
record CallerEnvironment(Map<String, String> caller, Map<TaskId, Map<String, String>> tasks) {
  private static final String ENDING = ".environment.json";

  static CallerEnvironment of(RunRequest request) {
    var tasks = new HashMap<TaskId, Map<String, String>>();
    for (Task task : request.tasks()) {
      if (!task.work().env().isEmpty()) {
        tasks.put(task.id(), task.work().env());
      }
    }
    return new CallerEnvironment(request.environment(), tasks);
  }

  /** In the folder that the system empties when the person logs out, where there is one. */
  static Path file(RunId id, Map<String, String> caller, Places places) {
    String runtimeFolder = caller.get("XDG_RUNTIME_DIR");
    Path folder =
        runtimeFolder != null && Files.isDirectory(Path.of(runtimeFolder))
            ? Path.of(runtimeFolder).resolve("braid")
            : places.runtimeFolder();
    return folder.resolve(id.value() + ENDING);
  }

  /** The file of a run. */
  record Kept(RunId run, Path file) {}

  /** The files of all runs, in all folders where they may be. */
  static List<Kept> kept(Map<String, String> caller, Places places) throws IOException {
    var kept = new ArrayList<Kept>();
    String runtimeFolder = caller.getOrDefault("XDG_RUNTIME_DIR", "");
    for (Path folder : List.of(places.runtimeFolder(), Path.of(runtimeFolder, "braid"))) {
      if (folder.isAbsolute() && Files.isDirectory(folder)) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + ENDING)) {
          for (Path file : files) {
            String name = String.valueOf(file.getFileName());
            String run = name.substring(0, name.length() - ENDING.length());
            if (RunId.isValid(run)) {
              kept.add(new Kept(new RunId(run), file));
            }
          }
        }
      }
    }
    return kept;
  }

  void write(Path file) throws IOException {
    ObjectNode node = Json.object();
    ObjectNode callerNode = node.putObject("caller");
    caller.forEach(callerNode::put);
    ObjectNode tasksNode = node.putObject("tasks");
    tasks.forEach((id, variables) -> variables.forEach(tasksNode.putObject(id.value())::put));
    AtomicFile.write(file, Json.line(node), Durability.MACHINE);
  }

  /** Null when the file is gone. */
  static @Nullable CallerEnvironment read(Path file) throws IOException {
    ObjectNode node = AtomicFile.find(file).map(Json::parseObject).orElse(null);
    if (node == null) {
      return null;
    }
    var tasks = new HashMap<TaskId, Map<String, String>>();
    node.path("tasks")
        .propertyStream()
        .filter(each -> TaskId.isValid(each.getKey()))
        .forEach(each -> tasks.put(new TaskId(each.getKey()), variables(each.getValue())));
    return new CallerEnvironment(variables(node.path("caller")), tasks);
  }

  private static Map<String, String> variables(JsonNode node) {
    var variables = new HashMap<String, String>();
    node.properties().forEach(each -> variables.put(each.getKey(), each.getValue().asText()));
    return variables;
  }

  @Override
  public String toString() {
    return "CallerEnvironment[hidden]";
  }
}

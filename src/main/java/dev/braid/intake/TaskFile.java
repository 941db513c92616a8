package dev.braid.intake;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.task.Task;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A task file: a JSON list of tasks, or an object with that list in {@code tasks}.
 *
 * <p>It is read task by task, so that what is wrong early costs little memory.
 */
public final class TaskFile {
  /** The largest file; whoever reads it need not read further than one byte more. */
  public static final int MAX_BYTES = 64 * 1024 * 1024;

  /** The most tasks in one file. */
  public static final int MAX_TASKS = 100_000;

  private static final String TASKS = "tasks";

  private final JsonParser parser;
  private final Warnings warnings = new Warnings();
  private final TaskReader reader = new TaskReader(warnings);
  private final List<Task> tasks = new ArrayList<>();

  private TaskFile(JsonParser parser) {
    this.parser = parser;
  }

  /** Reads a whole file: every task in it, or the reason why none is taken. */
  public static Intake read(byte[] bytes) {
    if (bytes.length > MAX_BYTES) {
      return new Intake.Refused("larger than 64 MiB");
    }
    var misencoded = JsonText.encodingProblem(bytes);
    if (misencoded.isPresent()) {
      return new Intake.Refused(misencoded.get());
    }
    try (var parser = JsonText.open(bytes)) {
      return new TaskFile(parser).intake();
    } catch (JsonProcessingException notJson) {
      return new Intake.Refused(JsonText.problem(notJson));
    } catch (IOException impossible) {
      throw new UncheckedIOException("reading memory", impossible);
    }
  }

  private Intake intake() throws IOException {
    var problem = readDocument();
    if (problem.isEmpty() && parser.nextToken() != null) {
      problem = Optional.of("text after the end of the tasks (" + JsonText.where(parser) + ")");
    }
    return problem
        .or(() -> GraphCheck.problem(tasks))
        .<Intake>map(Intake.Refused::new)
        .orElseGet(() -> new Intake.Accepted(tasks, warnings.lines()));
  }

  private Optional<String> readDocument() throws IOException {
    var start = parser.nextToken();
    if (start == null) {
      return Optional.of("empty: a JSON list of tasks is expected, [] for none");
    }
    if (start == JsonToken.START_ARRAY) {
      return readTasks();
    }
    return start == JsonToken.START_OBJECT
        ? readEnvelope()
        : Optional.of("a JSON list of tasks is expected, not " + kind(start));
  }

  private Optional<String> readEnvelope() throws IOException {
    boolean found = false;
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      var start = parser.nextToken();
      if (!name.equals(TASKS)) {
        warnings.add("unknown field " + Excerpt.of(name) + " beside tasks");
        parser.skipChildren();
        continue;
      }
      found = true;
      var problem =
          start == JsonToken.START_ARRAY
              ? readTasks()
              : Optional.of("tasks must be a list, not " + kind(start));
      if (problem.isPresent()) {
        return problem;
      }
    }
    return found ? Optional.empty() : Optional.of("an object without the list \"tasks\"");
  }

  private Optional<String> readTasks() throws IOException {
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      String place = "task at position " + (tasks.size() + 1);
      if (parser.currentToken() != JsonToken.START_OBJECT) {
        return Optional.of(place + ": must be an object, not " + kind(parser.currentToken()));
      }
      if (tasks.size() == MAX_TASKS) {
        return Optional.of(String.format(Locale.ROOT, "more than %,d tasks", MAX_TASKS));
      }
      ObjectNode node = parser.readValueAsTree();
      switch (reader.read(node, place)) {
        case TaskReader.Reading.Good(var task) -> tasks.add(task);
        case TaskReader.Reading.Bad(var problem) -> {
          return Optional.of(problem);
        }
      }
    }
    return Optional.empty();
  }

  private static String kind(JsonToken token) {
    return switch (token) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "a list";
      case VALUE_STRING -> "a text";
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
      case VALUE_TRUE -> "true";
      case VALUE_FALSE -> "false";
      case VALUE_NULL -> "null";
      case END_OBJECT, END_ARRAY, FIELD_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
          throw new IllegalArgumentException("starts no value: " + token);
    };
  }
}

package dev.braid.result;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.task.TaskType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** The JSON Schemas of what a model returns for a task, by type. */
public final class ResultSchemas {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** Keys that say something to people and editors only. */
  private static final List<String> FOR_PEOPLE = List.of("$schema", "title");

  private ResultSchemas() {}

  /** The schema on one line, for a command line. */
  public static String line(TaskType type) {
    String name = "/schemas/result/" + type.wireName() + ".json";
    try (InputStream resource = ResultSchemas.class.getResourceAsStream(name)) {
      if (resource == null || !(MAPPER.readTree(resource) instanceof ObjectNode schema)) {
        throw new IllegalStateException("no schema " + name);
      }
      schema.remove(FOR_PEOPLE);
      return schema.toString();
    } catch (IOException e) {
      throw new UncheckedIOException("reading the schema " + name, e);
    }
  }
}

package dev.braid.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The JSON Schema that editors check the configuration with. Loading it takes longer than all else
 * that reading the configuration does, so {@link Kind} looks at values otherwise; a test holds the
 * two together.
 */
public final class ConfigSchema {
  private static final String RESOURCE = "/templates/parallel-execution-config.schema.json";

  private final JsonSchema schema;

  private ConfigSchema(JsonSchema schema) {
    this.schema = schema;
  }

  /** Loads the schema that ships with Braid. */
  public static ConfigSchema load() {
    try (InputStream resource = ConfigSchema.class.getResourceAsStream(RESOURCE)) {
      if (resource == null) {
        throw new IllegalStateException("not on the class path: " + RESOURCE);
      }
      return new ConfigSchema(
          JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(resource));
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /**
   * Everything that is wrong with a file, a line each; empty when it is good. What both the reader
   * and the schema refuse is said in the reader's words.
   */
  public List<String> problems(Path file) {
    return switch (JsonFile.read(file)) {
      case JsonFile.Absent() -> List.of("does not exist");
      case JsonFile.Broken(String problem) -> List.of(problem);
      case JsonFile.Content(ObjectNode document) -> problems(document);
    };
  }

  private List<String> problems(ObjectNode document) {
    var findings = SettingsTree.check(document);
    var problems = new ArrayList<>(findings.problems());
    for (ValidationMessage message : schema.validate(document)) {
      if (!findings.faultyFields().contains(field(message))) {
        problems.add(Findings.line(message.getMessage()));
      }
    }
    return List.copyOf(problems);
  }

  /** The fields of the document, on its first level, that the schema refuses. */
  Set<String> faultyFields(ObjectNode document) {
    return schema.validate(document).stream()
        .map(ConfigSchema::field)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static String field(ValidationMessage message) {
    var location = message.getInstanceLocation();
    return location.getNameCount() == 0 ? "" : location.getElement(0).toString();
  }
}

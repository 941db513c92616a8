package dev.braid.result;

import static dev.braid.result.Results.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.braid.task.TaskType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ResultSchemasTest {
  @ParameterizedTest
  @EnumSource(TaskType.class)
  void every_type_requires_outcome_and_summary(TaskType type) {
    JsonNode schema = SchemaAssert.schema("result/" + type).getSchemaNode();

    assertThat(schema.at("/properties/outcome/enum"))
        .isEqualTo(json("['done','blocked','failed']"));
    assertThat(schema.get("required").valueStream().map(JsonNode::asText))
        .startsWith("outcome", "summary");
    assertThat(SchemaAssert.schema("result/" + type).validate(json("{}"))).isNotEmpty();
  }

  @ParameterizedTest
  @EnumSource(TaskType.class)
  void no_schema_uses_what_structured_output_does_not_know(TaskType type) {
    assertThat(SchemaAssert.schema("result/" + type).getSchemaNode().toString())
        .doesNotContain("\"$ref\"", "\"anyOf\"", "\"pattern\"", "\"minItems\"", "\"minLength\"");
  }

  @ParameterizedTest
  @EnumSource(TaskType.class)
  void no_typed_field_is_named_like_a_standard_key(TaskType type) {
    JsonNode properties = SchemaAssert.schema("result/" + type).getSchemaNode().get("properties");

    assertThat(properties.propertyStream().map(e -> e.getKey()))
        .doesNotContainAnyElementsOf(TaskResultJson.STANDARD_KEYS);
  }

  @ParameterizedTest
  @EnumSource(TaskType.class)
  void the_line_of_a_type_is_its_schema_without_what_is_for_people(TaskType type) {
    String line = ResultSchemas.line(type);

    assertThat(line)
        .doesNotContain("\n", "\"$schema\"", "\"title\":")
        .doesNotContain("\"$ref\"", "\"anyOf\"", "\"pattern\"", "\"minItems\"", "\"minLength\"");
    JsonNode schema = json(line);
    assertThat(schema.at("/properties/outcome/enum"))
        .isEqualTo(json("['done','blocked','failed']"));
    assertThat(schema.get("required").valueStream().map(JsonNode::asText))
        .startsWith("outcome", "summary");
    assertThat(schema.get("properties"))
        .isEqualTo(SchemaAssert.schema("result/" + type).getSchemaNode().get("properties"));
  }
}

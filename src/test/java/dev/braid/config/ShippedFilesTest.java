package dev.braid.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The two files in templates/ say what the code says. */
class ShippedFilesTest {
  private final JsonNode schema = resource("parallel-execution-config.schema.json");
  private final JsonNode template = resource("parallel-execution-config.json");

  @Test
  void the_template_holds_every_default() {
    assertThat(template).isEqualTo(ConfigText.file(Settings.DEFAULTS));
  }

  @Test
  void the_schema_states_the_defaults_of_the_code() {
    ObjectNode defaults = JsonNodeFactory.instance.objectNode();
    for (var property : schema.get("properties").properties()) {
      if (!property.getKey().equals("$schema")) {
        defaults.set(property.getKey(), property.getValue().get("default"));
      }
    }
    assertThat(defaults).isEqualTo(template);
  }

  @Test
  void the_schema_knows_exactly_the_settings() {
    assertThat(Arrays.stream(Setting.values()).map(Setting::key))
        .containsExactlyInAnyOrderElementsOf(schemaKeys().toList());
  }

  @ParameterizedTest
  @EnumSource(Setting.class)
  void the_schema_has_the_limits_of_the_code(Setting setting) {
    assertLimits(property(setting), setting.kind());
  }

  private static void assertLimits(JsonNode property, Kind kind) {
    switch (kind) {
      case Kind.Whole(int min, int max) -> assertRange(property, "integer", min, max);
      case Kind.Decimal(double min, double max) -> assertRange(property, "number", min, max);
      case Kind.Choice choice ->
          assertThat(property.get("enum").valueStream().filter(name -> !name.isNull()))
              .extracting(JsonNode::textValue)
              .containsExactlyElementsOf(choice.names());
      case Kind.Flag _ -> assertThat(property.get("type").textValue()).isEqualTo("boolean");
      case Kind.Texts _ -> assertThat(property.get("type").textValue()).isEqualTo("array");
      case Kind.Text _, Kind.FilePath _, Kind.Program _ ->
          assertThat(property.get("pattern").isTextual()).isTrue();
      case Kind.ByType(Kind value) -> assertLimits(property.get("additionalProperties"), value);
      case Kind.ByRepository(Kind value) -> {
        assertThat(property.get("propertyNames").get("pattern").isTextual()).isTrue();
        assertLimits(property.get("additionalProperties"), value);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Setting.class)
  void the_schema_describes_every_setting_and_gives_its_default(Setting setting) {
    assertThat(property(setting).get("description").textValue()).endsWith(".");
    assertThat(property(setting).has("default")).isTrue();
  }

  private static void assertRange(JsonNode property, String type, double min, double max) {
    assertThat(property.get("type").textValue()).isEqualTo(type);
    assertThat(property.get("minimum").doubleValue()).isEqualTo(min);
    assertThat(property.get("maximum").doubleValue()).isEqualTo(max);
  }

  private Stream<String> schemaKeys() {
    return schema.get("properties").properties().stream()
        .filter(property -> !property.getKey().equals("$schema"))
        .flatMap(property ->
            property.getKey().equals(Setting.GROUP)
                ? property
                    .getValue()
                    .get("properties")
                    .propertyStream()
                    .map(inner -> Setting.GROUP + "." + inner.getKey())
                : Stream.of(property.getKey()));
  }

  private JsonNode property(Setting setting) {
    JsonNode node = schema;
    for (String name : setting.key().split("\\.", -1)) {
      node = node.get("properties").get(name);
    }
    return node;
  }

  private static JsonNode resource(String name) {
    try (InputStream input = ShippedFilesTest.class.getResourceAsStream("/templates/" + name)) {
      return new ObjectMapper().readTree(Objects.requireNonNull(input));
    } catch (IOException broken) {
      throw new AssertionError(broken);
    }
  }
}

package dev.braid.result;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;

/** Checks documents against the schemas that are shipped. */
final class SchemaAssert {
  private SchemaAssert() {}

  static JsonSchema schema(String name) {
    var in = SchemaAssert.class.getResourceAsStream("/schemas/" + name + ".json");
    assertThat(in).as("schema " + name).isNotNull();
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(in);
  }

  static void assertValid(JsonNode document, String schema) {
    assertThat(schema(schema).validate(document)).as("%s", document).isEmpty();
  }
}

package dev.braid.claude;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.braid.fuzz.Bounds;
import dev.braid.fuzz.Scratch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

class FrontMatterFuzz {
  private static final Path FILE = Scratch.folder().resolve("agent.md");
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @FuzzTest
  void any_text_is_quoted_so_that_it_reads_back_and_any_agent_is_handed_over(byte[] bytes)
      throws IOException {
    String text = Scratch.text(bytes);
    Optional<FrontMatter> head = Bounds.within(() -> FrontMatter.of(text));
    head.ifPresent(found -> assertThat(found.fields().keySet()).allMatch(key -> !key.isEmpty()));

    String written = "---\nname: a\ndescription: " + FrontMatter.quoted(text) + "\n---\n\n" + text;
    FrontMatter read = FrontMatter.of(written).orElseThrow();
    assertThat(read.field("description")).isEqualTo(text);
    assertThat(read.field("name")).isEqualTo("a");

    Files.write(FILE, bytes);
    var agent = new Described("a", FILE, "", "some");
    Optional<AgentDefinition> definition = Bounds.within(() -> AgentDefinition.forWorker(agent));
    if (definition.isPresent()) {
      JsonNode json = MAPPER.readTree(definition.get().json());
      assertThat(json.at("/a/tools").valueStream().map(JsonNode::asText))
          .contains("StructuredOutput");
      assertThat(json.at("/a/prompt").isTextual()).isTrue();
    }
  }
}

package dev.braid.claude;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AgentDefinitionTest {
  @TempDir Path folder;

  private Optional<AgentDefinition> definition(String head) throws IOException {
    Path file = folder.resolve("a.md");
    Files.writeString(file, "---\nname: a\n" + head + "\n---\n\nDo it.\n");
    return AgentDefinition.forWorker(new Described("a", file, "", "Do it."));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "description: x",
        "tools:",
        "tools: \"*\"",
        "tools: Read, StructuredOutput",
        "disallowedTools: Write"
      })
  void an_agent_that_may_return_results_is_left_to_its_file(String head) throws IOException {
    assertThat(definition(head)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tools: Read, Bash(git log *)",
        "tools: Read Bash(git log *)",
        "tools: [Read, \"Bash(git log *)\"]",
        "tools:\n  - Read\n  - Bash(git log *)"
      })
  void every_notation_of_its_tools_is_read(String head) throws IOException {
    assertThat(definition(head).orElseThrow().json())
        .isEqualTo(
            "{\"a\":{\"tools\":[\"Read\",\"Bash(git log *)\",\"StructuredOutput\"],\"prompt\":\"Do it.\"}}");
  }

  @Test
  void what_claude_code_takes_is_handed_over_and_the_rest_is_named() throws IOException {
    AgentDefinition definition =
        definition(
                """
                description: "Says: all"
                tools: Read
                model: haiku
                effort: high
                memory: user
                maxTurns: 7
                skills: one, two
                color: red
                permissionMode: plan
                hooks:
                  Stop: x
                mcpServers:
                  - slack\
                """)
            .orElseThrow();

    assertThat(definition.json())
        .isEqualTo(
            "{\"a\":{\"description\":\"Says: all\",\"effort\":\"high\",\"maxTurns\":7,"
                + "\"memory\":\"user\",\"model\":\"haiku\",\"skills\":[\"one\",\"two\"],"
                + "\"tools\":[\"Read\",\"StructuredOutput\"],\"prompt\":\"Do it.\"}}");
    assertThat(definition.lost()).isEqualTo(List.of("hooks", "mcpServers"));
  }

  @Test
  void values_that_claude_code_would_refuse_are_not_handed_over() throws IOException {
    AgentDefinition definition =
        definition("tools: Read\neffort: much\nmemory: all\nmaxTurns: many").orElseThrow();

    assertThat(definition.json())
        .isEqualTo("{\"a\":{\"tools\":[\"Read\",\"StructuredOutput\"],\"prompt\":\"Do it.\"}}");
    assertThat(definition.lost()).isEqualTo(List.of("effort", "maxTurns", "memory"));
  }
}

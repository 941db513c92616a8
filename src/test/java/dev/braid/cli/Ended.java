package dev.braid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * How a process ended and what it printed.
 *
 * @param exit its status; 128 and the number of the signal when one ended it
 */
public record Ended(int exit, String out, String err) {
  /** Standard output as one JSON document with nothing behind it. */
  public JsonNode json() {
    return json(out);
  }

  public static JsonNode json(String text) {
    try (var parser = new ObjectMapper().createParser(text)) {
      JsonNode node = parser.readValueAsTree();
      assertThat(parser.nextToken()).as("what follows the JSON").isNull();
      return node;
    } catch (IOException e) {
      throw new UncheckedIOException(text, e);
    }
  }

  public List<String> errorLines() {
    return err.lines().toList();
  }

  public Ended expectExit(int expected) {
    assertThat(exit).as("exit code; on standard error: %s", err).isEqualTo(expected);
    return this;
  }

  /** The command was refused: one line that says why, and nothing else. */
  public Ended expectRefusal(int expectedExit) {
    expectExit(expectedExit);
    assertThat(errorLines()).singleElement().asString().startsWith("braid: ");
    assertThat(out).isEmpty();
    return this;
  }
}

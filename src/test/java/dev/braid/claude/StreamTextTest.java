package dev.braid.claude;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamTextTest {
  private static List<String> recorded(String name) {
    return new String(Recorded.file(name), StandardCharsets.UTF_8)
        .lines()
        .flatMap(line -> StreamText.of(line).stream())
        .toList();
  }

  @Test
  void a_recorded_stream_reads_like_a_conversation() {
    assertThat(recorded("stream.jsonl"))
        .startsWith(
            "begins: Claude Code 2.1.330, claude-sonnet-4-5",
            "thinking aloud",
            "Bash: echo hi",
            "Agent: general-purpose")
        .endsWith("final")
        .anySatisfy(text -> assertThat(text).startsWith("result: completed, 3 turns, "))
        .anySatisfy(text -> assertThat(text).endsWith(", $0.00"));
  }

  @Test
  void refusals_of_the_api_are_told_with_what_becomes_of_them() {
    assertThat(recorded("stream-retry.jsonl"))
        .contains(
            "the API refused (529 overloaded); asked again in 0.6 s, 1 of 10",
            "the API refused (500 server_error); asked again in 1.0 s, 2 of 10");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      delimiter = ';',
      value = {
        "{'type':'assistant','message':{'content':[{'type':'tool_use','name':'Edit',"
            + "'input':{'file_path':'/x/A.java'}}]}}; Edit: /x/A.java",
        "{'type':'assistant','message':{'content':[{'type':'tool_use','name':'Odd',"
            + "'input':{'n':7}}]}}; Odd: {'n':7}",
        "{'type':'user','message':{'content':[{'type':'tool_result','is_error':true,"
            + "'content':'no such file'}]}}; failed: no such file",
        "{'type':'user','message':{'content':[{'type':'tool_result','is_error':true,"
            + "'content':[{'type':'text','text':'denied'}]}]}}; failed: denied",
        "{'type':'assistant','parent_tool_use_id':'t','message':{'content':"
            + "[{'type':'text','text':'looking'}]}}; (subagent) looking",
        "{'type':'rate_limit_event','rate_limit_info':{'status':'rejected','resetsAt':0}}"
            + "; the usage limit is reached until 1970-01-01T00:00:00Z",
        "{'type':'result','is_error':true,'terminal_reason':'api_error'}"
            + "; error: api_error, 0 turns, 0.0 s, $0.00",
        "Killed; Killed",
        "7; 7",
        "{'type':'assistant','mess; {'type':'assistant','mess"
      })
  void each_kind_of_line_has_its_words(String line, String text) {
    assertThat(StreamText.of(line.replace('\'', '"'))).containsExactly(text.replace('\'', '"'));
  }

  @Test
  void a_structured_result_is_told_by_its_summary() {
    String line =
        """
        {"type":"result","is_error":false,"terminal_reason":"completed","result":"{...}",
         "structured_output":{"outcome":"done","summary":"All is well."}}
        """;

    assertThat(StreamText.of(line)).last().isEqualTo("All is well.");
  }

  @Test
  void what_tools_give_back_and_what_nobody_knows_tells_nothing() {
    assertThat(StreamText.of("{\"type\":\"of the future\"}")).isEmpty();
    assertThat(StreamText.of("{}")).isEmpty();
    assertThat(StreamText.of("  ")).isEmpty();
    assertThat(recorded("stream.jsonl")).doesNotContain("hi");
  }

  @Test
  void no_mutation_of_a_line_throws() {
    List<String> lines =
        new String(Recorded.file("stream.jsonl"), StandardCharsets.UTF_8).lines().toList();
    for (long seed = 0; seed < 300; seed++) {
      var random = new Random(seed);
      byte[] bytes = lines.get(random.nextInt(lines.size())).getBytes(StandardCharsets.UTF_8);
      for (int i = 0; i < 5; i++) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }

      assertThat(StreamText.of(new String(bytes, StandardCharsets.UTF_8)))
          .as("seed %d", seed)
          .doesNotContainNull();
    }
  }
}

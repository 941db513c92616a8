package dev.braid.claude;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.braid.claude.StreamEvent.Answered;
import dev.braid.claude.StreamEvent.Began;
import dev.braid.claude.StreamEvent.Ended;
import dev.braid.claude.StreamEvent.LimitReached;
import dev.braid.claude.StreamEvent.Refused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventStreamTest {
  private static final String RESULT = "{'type':'result','terminal_reason':'%s','is_error':false}";

  @TempDir private Path folder;
  private Path file = Path.of("");

  @BeforeEach
  void file() {
    file = folder.resolve("stdout");
  }

  @Test
  void a_recorded_stream_tells_begin_tools_and_end() throws IOException {
    Files.write(file, Recorded.file("stream.jsonl"));

    List<StreamEvent> events = Recorded.events(file);

    assertThat(events.getFirst()).isEqualTo(new Began("2.1.330", "claude-sonnet-4-5"));
    assertThat(answers(events))
        .extracting(Answered::tool, Answered::detail)
        .containsExactly(
            tuple(null, ""),
            tuple("Bash", "echo hi"),
            tuple("Agent", "general-purpose"),
            tuple(null, ""));
    assertThat(last(events).text()).isEqualTo("final");
  }

  @Test
  void the_parts_of_one_answer_have_its_name_and_its_tokens() throws IOException {
    Files.write(file, Recorded.file("stream.jsonl"));

    assertThat(answers(Recorded.events(file)).subList(0, 2))
        .extracting(Answered::message, Answered::tokens)
        .containsOnly(tuple("msg_stub00001", 11L));
  }

  @Test
  void a_recorded_stream_with_refusals_tells_them_in_order() throws IOException {
    Files.write(file, Recorded.file("stream-retry.jsonl"));

    assertThat(Recorded.events(file))
        .filteredOn(Refused.class::isInstance)
        .containsExactly(new Refused(529, "overloaded"), new Refused(500, "server_error"));
  }

  @Test
  void hook_events_are_passed_over() throws IOException {
    Files.write(file, Recorded.file("stream-hook-events.jsonl"));

    assertThat(Recorded.events(file))
        .extracting(event -> event.getClass().getSimpleName())
        .containsExactly("Began", "Answered", "Answered", "Ended");
  }

  @Test
  void of_several_results_the_last_one_comes_last() throws IOException {
    Files.write(file, Recorded.file("stream-background-agents.jsonl"));

    List<StreamEvent> events = Recorded.events(file);

    assertThat(events.stream().filter(Ended.class::isInstance)).hasSize(3);
    assertThat(last(events).text()).isEqualTo("r2");
  }

  @Test
  void answers_to_subagents_are_told_apart() throws IOException {
    write(answer("'parent_tool_use_id':'toolu_1'", "m1"));
    write(answer("'parent_tool_use_id':null", "m2"));
    write(answer("'uuid':'x'", "m3"));

    assertThat(answers(Recorded.events(file)))
        .extracting(Answered::isSubagent)
        .containsExactly(true, false, false);
  }

  @Test
  void what_claude_code_says_in_the_place_of_the_api_is_no_answer() throws IOException {
    write(answer("'is_api_error_message':true", "m1"));
    write("{'type':'assistant','message':{'id':'m2','model':'<synthetic>','content':[]}}");

    assertThat(Recorded.events(file)).isEmpty();
  }

  @Test
  void a_refusal_without_an_answer_has_no_status_and_no_name() throws IOException {
    write("{'type':'system','subtype':'api_retry','error_status':null,'error':null}");

    assertThat(Recorded.events(file)).containsExactly(new Refused(0, ""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ,"resetsAt":1795458493 | 2026-11-23T18:28:13Z
          ,"resetsAt":null       |
          ,"resets":1            |
          """)
  void a_usage_limit_has_the_time_of_its_reset_where_that_is_said(
      String more, @Nullable String resets) throws IOException {
    write("{'type':'rate_limit_event','rate_limit_info':{'status':'rejected'" + more + "}}");

    assertThat(Recorded.events(file))
        .containsExactly(new LimitReached(resets == null ? null : Instant.parse(resets)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"allowed", "allowed_warning"})
  void a_usage_limit_that_is_not_reached_is_no_event(String status) throws IOException {
    write("{'type':'rate_limit_event','rate_limit_info':{'status':'" + status + "'}}");

    assertThat(Recorded.events(file)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "   ",
        "no json",
        "{'type':",
        "[]",
        "7",
        "null",
        "'text'",
        "{}",
        "{'type':7}",
        "{'type':'new_kind'}",
        "{'type':'system','subtype':'new_kind'}",
        "\u0000\u0001",
        "{'type':'rate_limit_event'}"
      })
  void a_line_that_is_not_known_is_passed_over_and_the_next_one_is_read(String line)
      throws IOException {
    write(line);
    write(RESULT.formatted("completed"));

    assertThat(Recorded.events(file)).hasSize(1).first().isInstanceOf(Ended.class);
  }

  @Test
  void a_line_nested_deeper_than_a_journal_can_hold_is_passed_over() throws IOException {
    write("{'type':'result','structured_output':{'a':" + "[".repeat(190) + "]".repeat(190) + "}}");
    write("{'type':'result','structured_output':{'a':" + "[".repeat(99_000));
    write(RESULT.formatted("completed"));

    assertThat(Recorded.events(file)).hasSize(1);
  }

  @Test
  void a_result_without_a_final_newline_counts_when_the_stream_is_whole() throws IOException {
    Files.writeString(file, RESULT.formatted("completed").replace('\'', '"'));

    assertThat(Recorded.events(file)).hasSize(1);
  }

  @Test
  void a_line_that_is_still_being_written_waits_for_its_rest() throws IOException {
    var stream = new EventStream(file);
    var events = new ArrayList<StreamEvent>();
    Files.writeString(file, "{\"type\":\"result\",");

    stream.advance(events::add);
    assertThat(events).isEmpty();

    Files.writeString(file, "\"result\":\"x\"}\n", StandardOpenOption.APPEND);
    stream.advance(events::add);
    assertThat(events).hasSize(1);
  }

  @Test
  void a_line_is_handed_over_once() throws IOException {
    var stream = new EventStream(file);
    var events = new ArrayList<StreamEvent>();
    write(RESULT.formatted("completed"));

    stream.advance(events::add);
    stream.advance(events::add);
    stream.finish(events::add);

    assertThat(events).hasSize(1);
  }

  @Test
  void a_file_that_is_not_there_yet_is_an_empty_stream() throws IOException {
    var stream = new EventStream(file);
    var events = new ArrayList<StreamEvent>();

    stream.advance(events::add);
    write(RESULT.formatted("completed"));
    stream.advance(events::add);

    assertThat(events).hasSize(1);
  }

  @Test
  void a_tool_is_told_with_what_it_is_used_for() throws IOException {
    write(tool("Skill", "'skill':'java','args':'x'"));
    write(tool("Edit", "'file_path':'a.txt'"));
    write(tool("Grep", "'pattern':'x'"));
    write(tool("Bash", "'command':7"));

    assertThat(answers(Recorded.events(file)))
        .extracting(Answered::detail)
        .containsExactly("java", "a.txt", "", "");
  }

  @Test
  void tokens_are_those_in_and_out_and_those_of_the_cache() throws IOException {
    write(
        "{'type':'assistant','message':{'id':'m','usage':{'input_tokens':1,'output_tokens':20,"
            + "'cache_read_input_tokens':300,'cache_creation_input_tokens':4000}}}");

    assertThat(answers(Recorded.events(file))).extracting(Answered::tokens).containsExactly(4_321L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e300", "253402300800", "-1", "'soon'", "null"})
  void a_limit_that_ends_at_no_time_has_no_end(String time) throws IOException {
    write(
        "{'type':'rate_limit_event','rate_limit_info':{'status':'rejected','resetsAt':%s}}"
            .formatted(time));

    assertThat(Recorded.events(file)).containsExactly(new StreamEvent.LimitReached(null));
  }

  private void write(String line) throws IOException {
    Files.writeString(
        file, line.replace('\'', '"') + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private static String answer(String more, String message) {
    return "{'type':'assistant','message':{'id':'" + message + "','content':[]}," + more + "}";
  }

  private static String tool(String name, String input) {
    return "{'type':'assistant','message':{'id':'m','content':[{'type':'tool_use','name':'"
        + name
        + "','input':{"
        + input
        + "}}]}}";
  }

  private static List<Answered> answers(List<StreamEvent> events) {
    return events.stream().filter(Answered.class::isInstance).map(Answered.class::cast).toList();
  }

  private static TurnResult last(List<StreamEvent> events) {
    TurnResult last = null;
    for (StreamEvent event : events) {
      last = event instanceof Ended(TurnResult result) ? result : last;
    }
    return Objects.requireNonNull(last, "a result");
  }
}

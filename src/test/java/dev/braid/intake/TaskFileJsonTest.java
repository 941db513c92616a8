package dev.braid.intake;

import static dev.braid.intake.TaskFileTest.bytes;
import static dev.braid.intake.TaskFileTest.refusal;
import static dev.braid.intake.TaskFileTest.tasks;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a task file must be before anybody looks for tasks in it. */
class TaskFileJsonTest {
  @ParameterizedTest
  @ValueSource(strings = {"", " \n\t", "\ufeff"})
  void an_empty_file_is_refused(String json) {
    assertThat(refusal(json)).startsWith("empty: ");
  }

  @Test
  void text_that_is_no_json_is_refused_with_its_place() {
    assertThat(refusal("[\n  {'id': 'a',\n   prompt: 'x'}]"))
        .startsWith("not JSON (line 3, column 4): Unexpected character ('p' (code 112))");
  }

  @Test
  void a_file_that_ends_early_is_refused_with_its_place() {
    assertThat(refusal("[{'id':'a','prompt':'x'}"))
        .isEqualTo(
            "not JSON (line 1, column 25): Unexpected end-of-input: expected close marker for Array");
  }

  @Test
  void a_number_that_json_has_not_is_refused() {
    assertThat(refusal("[{'id':'a','prompt':'x','timeout_seconds':NaN}]"))
        .startsWith("not JSON (line 1, column ")
        .endsWith("Non-standard token 'NaN'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[] []", "[],", "[]]", "{'tasks':[]} x", "[] null"})
  void anything_after_the_tasks_is_refused(String json) {
    assertThat(refusal(json)).containsPattern("\\(line 1, column \\d+\\)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{'id':'a','prompt':'x',\n'prompt':'y'}]",
        "[{'id':'a','prompt':'x',\n'env':{'A':'1','A':'2'}}]",
        "[{'id':'a','prompt':'x',\n'other':{'A':'1','A':'2'}}]",
        "{'tasks':[],\n'tasks':[]}"
      })
  void a_key_that_stands_twice_is_refused(String json) {
    assertThat(refusal(json)).startsWith("duplicate key (line 2, column ");
  }

  @Test
  void bytes_that_are_no_utf_8_are_refused_with_their_offset() {
    byte[] bytes = bytes("[{'id':'a','prompt':'?'}]");
    bytes[21] = (byte) 0xFF;

    assertThat(refusal(bytes)).isEqualTo("not UTF-8: invalid byte at offset 21");
  }

  @Test
  void half_a_character_at_the_very_end_is_not_utf_8() {
    byte[] bytes = Arrays.copyOf("[]é".getBytes(StandardCharsets.UTF_8), 3);

    assertThat(refusal(bytes)).isEqualTo("not UTF-8: invalid byte at offset 2");
  }

  @Test
  void an_invalid_byte_is_found_far_into_the_file() {
    byte[] bytes = bytes("[{'id':'a','prompt':'" + "é".repeat(50_000) + "'}]");
    bytes[80_000] = 'x';

    assertThat(refusal(bytes)).startsWith("not UTF-8: invalid byte at offset ");
  }

  @Test
  void utf_16_is_not_taken_for_json() {
    assertThat(refusal("[]".getBytes(StandardCharsets.UTF_16LE))).startsWith("not JSON");
  }

  @Test
  void lists_may_stand_in_each_other_100_deep_and_no_deeper() {
    // The list of tasks and the task are two levels of their own.
    assertThat(tasks("[{'id':'a','prompt':'x','other':" + nested(98) + "}]")).hasSize(1);
    assertThat(refusal("[{'id':'a','prompt':'x','other':" + nested(99) + "}]"))
        .isEqualTo("too large: Document nesting depth (101) exceeds the maximum allowed (100)");
  }

  @Test
  void brackets_without_end_are_refused_and_not_piled_up() {
    assertThat(refusal("[".repeat(1_000_000))).startsWith("task at position 1: must be an object");
    assertThat(refusal("[{'id':'a','prompt':" + "[".repeat(1_000_000))).startsWith("too large");
  }

  @Test
  void more_tokens_than_memory_would_hold_are_refused() {
    var json = "[{'id':'a','prompt':'x','other':[" + "[],".repeat(5_000_000) + "[]]}]";

    assertThat(refusal(json)).startsWith("too large: Token count");
  }

  @Test
  void a_file_may_have_64_mib_and_no_more() {
    byte[] bytes = new byte[TaskFile.MAX_BYTES + 1];
    Arrays.fill(bytes, (byte) ' ');
    bytes[0] = '[';
    bytes[1] = ']';

    assertThat(refusal(bytes)).isEqualTo("larger than 64 MiB");
    assertThat(TaskFile.read(Arrays.copyOf(bytes, TaskFile.MAX_BYTES)))
        .isInstanceOf(Intake.Accepted.class);
  }

  @Test
  void a_file_may_have_100_000_tasks_and_no_more() {
    var json = new StringBuilder("[");
    for (int i = 0; i < TaskFile.MAX_TASKS; i++) {
      json.append("{'id':").append(i).append(",'prompt':'x'},");
    }

    assertThat(refusal(json + "{'id':'last','prompt':'x'}]")).isEqualTo("more than 100,000 tasks");
    assertThat(tasks(json.deleteCharAt(json.length() - 1) + "]")).hasSize(TaskFile.MAX_TASKS);
  }

  private static String nested(int depth) {
    return "[".repeat(depth) + "]".repeat(depth);
  }
}

package dev.braid.result;

import static dev.braid.result.Results.json;
import static dev.braid.result.Results.ok;
import static dev.braid.result.Results.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.task.TaskType;
import java.time.Instant;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TaskResultJsonTest {
  @Test
  void standard_keys_come_first_and_in_order_then_typed_fields() {
    ObjectNode json =
        TaskResultJson.write(Results.model("t1", TaskType.TESTING, "{'test_count':5,'passed':5}"));

    var expected = new ArrayList<>(TaskResultJson.STANDARD_KEYS);
    expected.add("test_count");
    expected.add("passed");
    assertThat(json.propertyStream().map(e -> e.getKey()).toList())
        .containsExactlyElementsOf(expected);
    assertThat(json.get("start_time").asText()).isEqualTo("2026-02-16T10:30:00Z");
    assertThat(json.get("failure").isNull()).isTrue();
  }

  @Test
  void numbers_that_no_double_holds_are_the_same_when_they_are_read_again() {
    TaskResult read =
        ok(
            TaskResultJson.read(
                json(
                    "{'task_id':'t1','status':'failed','n':1e341,'in':[{'deep':-1e400}],'small':2.5}")));

    assertThat(ok(TaskResultJson.read(json(TaskResultJson.write(read).toString()))))
        .isEqualTo(read);
    assertThat(read.fields().get("n").textValue()).isEqualTo("Infinity");
    assertThat(read.fields().at("/in/0/deep").textValue()).isEqualTo("-Infinity");
    assertThat(read.fields().get("small").doubleValue()).isEqualTo(2.5);
  }

  @Test
  void a_typed_field_never_replaces_a_standard_one() {
    ObjectNode json =
        TaskResultJson.write(
            Results.model("t1", TaskType.BUILD, "{'status':'failed','task_id':7,'artifacts':[]}"));

    assertThat(json.get("status").asText()).isEqualTo("success");
    assertThat(json.get("task_id").asText()).isEqualTo("t1");
    assertThat(json.has("artifacts")).isTrue();
  }

  @ParameterizedTest
  @EnumSource(Failure.class)
  void what_was_written_is_read_again(Failure failure) {
    TaskResult result = Results.failed("t1", TaskType.GIT_OPERATION, failure, "line 1\nline 2");

    assertThat(ok(TaskResultJson.read(TaskResultJson.write(result)))).isEqualTo(result);
  }

  @Test
  void the_file_of_a_simple_executor_is_read() {
    TaskResult result =
        ok(
            TaskResultJson.read(
                json(
                    """
                    {"task_id": "task-1", "subagent": "general", "status": "failed",
                     "output": "", "error": "boom", "duration": 5.25,
                     "start_time": "2026-02-16T10:30:00.123456",
                     "end_time": "2026-02-16T12:30:05+02:00", "service_name": "auth-service"}
                    """)));

    assertThat(result.failure()).isEqualTo(Failure.EXIT);
    assertThat(result.type()).isEqualTo(TaskType.GENERAL);
    assertThat(result.startTime()).isEqualTo(Instant.parse("2026-02-16T10:30:00.123456Z"));
    assertThat(result.endTime()).isEqualTo(Instant.parse("2026-02-16T10:30:05Z"));
    assertThat(result.attempts()).isOne();
    assertThat(result.fields()).isEqualTo(json("{'service_name':'auth-service'}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[]                                          | a result is an object",
        "{'status':'success'}                        | task_id: missing",
        "{'task_id':'../x','status':'success'}       | task_id: not a task id: ../x",
        "{'task_id':'a'}                             | status: missing",
        "{'task_id':'a','status':7}                  | status: not text: 7",
        "{'task_id':'a','status':'fine'}             | status: no status is named fine",
        "{'task_id':'a','status':'success','failure':'exit'}      | failure: a success has none",
        "{'task_id':'a','status':'failed','failure':'bored'}      | failure: no failure is named",
        "{'task_id':'a','status':'success','type':'cooking'}      | type: no type is named",
        "{'task_id':'a','status':'success','output':{}}           | output: not text: OBJECT",
        "{'task_id':'a','status':'success','warnings':[1]}        | warnings: not a list of texts",
        "{'task_id':'a','status':'success','exit_code':99999999999} | exit_code: out of range",
        "{'task_id':'a','status':'success','attempts':-1}         | attempts: out of range",
        "{'task_id':'a','status':'success','duration':-0.5}       | duration: not a number of",
        "{'task_id':'a','status':'success','start_time':'noon'}   | start_time: not a time",
        "{'task_id':'a','status':'success','tokens':1.5}          | tokens: not a count: 1.5",
      })
  void a_wrong_field_is_named_in_one_line(String text, String expected) {
    assertThat(problem(TaskResultJson.read(json(text)))).startsWith(expected).hasLineCount(1);
  }

  @Test
  void a_problem_stays_short_and_on_one_line_whatever_it_quotes() {
    ObjectNode hostile = (ObjectNode) json("{'task_id':'a'}");
    hostile.put("status", "x\n\u001b[31m\u2028".repeat(100_000));

    assertThat(problem(TaskResultJson.read(hostile)))
        .hasSizeLessThanOrEqualTo(OneLine.MAX_LENGTH)
        .doesNotContain("\n", "\u001b", "\u2028");
  }
}

package dev.braid.claude;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HookEventTest {
  private static final String SESSION = "0b6f2c1e-5a34-4d1b-9c55-3f1f2f9f7a01";

  private static String recorded(String name) throws IOException {
    try (var in = HookEventTest.class.getResourceAsStream("/hooks/" + name + ".json")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static HookEvent read(String name) throws IOException {
    return HookEvent.read(recorded(name), Map.of()).orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "PreToolUse.TaskUpdate.in_progress, ToolAsked",
    "PreToolUse.TaskCreate, ToolAsked",
    "PostToolUse.TaskCreate, ToolUsed",
    "PostToolUse.TaskUpdate.other, ToolUsed",
    "PostToolUse.Skill, ToolUsed",
    "PostToolUse.Agent.completed, ToolUsed",
    "PostToolUseFailure.TaskUpdate, ToolUsed",
    "UserPromptSubmit.user, PromptSubmitted",
    "UserPromptSubmit.notification, PromptSubmitted",
    "SessionEnd.clear, SessionEnded",
    "UserPromptExpansion, CommandTyped",
    "SubagentStart, SubagentStarted",
    "SubagentStop, Other",
    "Stop, Other"
  })
  void what_claude_code_sends_is_understood(String name, String kind) throws IOException {
    HookEvent event = read(name);

    assertThat(event.getClass().getSimpleName()).isEqualTo(kind);
    assertThat(event.caller().session()).isEqualTo(SESSION);
    assertThat(event.caller().cwd()).isAbsolute();
  }

  @Test
  void a_move_tells_the_task_the_mode_and_the_call() throws IOException {
    var asked = (HookEvent.ToolAsked) read("PreToolUse.TaskUpdate.in_progress");

    assertThat(asked.tool()).isEqualTo("TaskUpdate");
    assertThat(asked.call()).isEqualTo("toolu_stub00002_0");
    assertThat(asked.input().path("taskId").asText()).isEqualTo("1");
    assertThat(asked.caller().permissionMode()).isEqualTo("auto");
    assertThat(asked.caller().cwd()).isEqualTo(Path.of("/home/user/project"));
    assertThat(asked.caller().isSubagent()).isFalse();
  }

  @Test
  void the_list_is_that_of_the_session_unless_the_person_named_one() throws IOException {
    String body = recorded("PostToolUse.TaskCreate");

    assertThat(HookEvent.read(body, Map.of()).orElseThrow().caller().listId()).isEqualTo(SESSION);
    assertThat(
            HookEvent.read(body, Map.of(HookEvent.LIST_HEADER, "ours"))
                .orElseThrow()
                .caller()
                .listId())
        .isEqualTo("ours");
  }

  @Test
  void what_a_person_typed_and_which_agent_began_are_told() throws IOException {
    var typed = (HookEvent.CommandTyped) read("UserPromptExpansion");
    var started = (HookEvent.SubagentStarted) read("SubagentStart");

    assertThat(typed.command()).isEqualTo("mycmd");
    assertThat(started.agent()).isEqualTo("general-purpose");
  }

  @Test
  void a_worker_is_known_by_its_run() throws IOException {
    String body = recorded("Stop");

    assertThat(
            HookEvent.read(body, Map.of(HookEvent.RUN_HEADER, "r"))
                .orElseThrow()
                .caller()
                .isWorker())
        .isTrue();
    assertThat(HookEvent.read(body, Map.of()).orElseThrow().caller().isWorker()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "null",
        "{",
        "{}",
        "{\"session_id\":\"../../x\",\"cwd\":\"/\"}",
        "{\"session_id\":\"a\",\"cwd\":\"relative\"}",
        "{\"session_id\":\"a\",\"cwd\":\"/\\u0000\"}",
        "{\"session_id\":7,\"cwd\":7}"
      })
  void what_is_no_event_is_none(String body) {
    assertThat(
            HookEvent.read(body, Map.of()).filter(event -> !event.caller().session().equals("7")))
        .isEmpty();
  }

  static LongStream seeds() {
    return LongStream.range(0, 200);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void bytes_that_were_changed_on_the_way_are_an_event_or_none(long seed) throws IOException {
    var random = new Random(seed);
    byte[] bytes = recorded("PostToolUse.TaskCreate").getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < 3; i++) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }

    assertThat(HookEvent.read(new String(bytes, StandardCharsets.UTF_8), Map.of())).isNotNull();
  }
}

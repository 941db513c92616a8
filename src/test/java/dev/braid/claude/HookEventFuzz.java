package dev.braid.claude;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.braid.fuzz.Bounds;
import dev.braid.fuzz.Scratch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

class HookEventFuzz {
  /** Reads deeper than an event may be: the answer nests its input deeper. */
  private static final ObjectMapper CLAUDE_CODE = new ObjectMapper(JsonPart.FACTORY);

  private static final Path TASKS = Path.of("/tasks");

  @FuzzTest
  void an_event_names_no_other_folder_and_is_answered_in_good_json(byte[] bytes)
      throws IOException {
    String body = Scratch.text(bytes);
    Optional<HookEvent> event =
        Bounds.within(() -> HookEvent.read(body, Map.of(HookEvent.LIST_HEADER, body)));

    JsonNode told = answer(new HookAnswer.Told("Stop", body)).at("/hookSpecificOutput");
    assertThat(told.path("additionalContext").asText().length())
        .isLessThanOrEqualTo(HookAnswer.MAX_CONTEXT);
    answer(new HookAnswer.Denied(body));
    if (event.isPresent()) {
      HookCaller caller = event.get().caller();
      assertThat(caller.cwd()).isAbsolute();
      assertThat(TASKS.resolve(caller.session()).getParent()).isEqualTo(TASKS);
      assertThat(TaskList.folder(TASKS, caller.listId()).getParent()).isEqualTo(TASKS);
    }
    if (event.orElse(null) instanceof HookEvent.ToolAsked asked) {
      JsonNode given = asked.input().deepCopy();
      JsonNode answer = answer(new HookAnswer.Changed(asked.input(), body, ""));
      assertThat(answer.at("/hookSpecificOutput/updatedInput").equals(given)).isTrue();
    }
  }

  private static JsonNode answer(HookAnswer answer) throws IOException {
    return CLAUDE_CODE.readTree(answer.text());
  }
}

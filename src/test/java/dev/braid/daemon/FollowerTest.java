package dev.braid.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.result.Status;
import dev.braid.result.TaskResult;
import dev.braid.run.RunEvent;
import dev.braid.run.RunEventJson;
import dev.braid.store.Json;
import dev.braid.task.TaskId;
import dev.braid.task.TaskType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class FollowerTest {
  private static final Instant NOON = Instant.parse("2030-05-06T12:00:00Z");

  private static TaskResult result(String output) {
    return new TaskResult(
        new TaskId("a"),
        "01990000-0000-7000-8000-000000000001",
        TaskType.GENERAL,
        null,
        Status.SUCCESS,
        null,
        output,
        null,
        List.of("a warning"),
        0,
        1.5,
        NOON,
        NOON,
        1,
        null,
        null,
        null,
        Json.object());
  }

  @Test
  void it_is_told_how_a_task_ended_and_left_to_read_what_it_printed() throws Exception {
    var follower = new Follower();
    follower.ended(result("x".repeat(200_000)));
    follower.tell(new RunEvent.Over());

    assertThat(written(follower).lines().map(RunEventJson::read))
        .containsExactly(new RunEvent.Ended(result("")), new RunEvent.Over());
  }

  private static String written(Follower follower) throws IOException, InterruptedException {
    var out = new ByteArrayOutputStream();
    follower.writeTo(out);
    return out.toString(StandardCharsets.UTF_8);
  }
}

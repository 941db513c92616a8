package dev.braid.claude;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.braid.fuzz.Bounds;
import dev.braid.fuzz.Scratch;
import dev.braid.store.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

class EventStreamFuzz {
  private static final Path FILE = Scratch.folder().resolve("stdout");

  /** What stands around the words that are repeated, in characters. */
  private static final int MAX_OWN_WORDS = 4_000;

  @FuzzTest
  void a_stream_tells_the_same_however_it_comes_and_each_end_is_judged(byte[] bytes)
      throws IOException {
    Files.write(FILE, bytes);
    List<StreamEvent> events = Bounds.within(() -> Recorded.events(FILE));

    assertThat(inTwoSteps(bytes)).isEqualTo(events);
    StreamEvent.LimitReached limit = null;
    for (StreamEvent event : events) {
      if (event instanceof StreamEvent.LimitReached reached) {
        limit = reached;
      }
      if (event instanceof StreamEvent.Ended(TurnResult turn)) {
        assertJudged(turn, limit);
      }
    }
  }

  private static List<StreamEvent> inTwoSteps(byte[] bytes) throws IOException {
    int cut = bytes.length == 0 ? 0 : Byte.toUnsignedInt(bytes[0]) % bytes.length;
    Files.write(FILE, Arrays.copyOf(bytes, cut));
    var events = new ArrayList<StreamEvent>();
    var stream = new EventStream(FILE);
    stream.advance(events::add);
    Files.write(FILE, Arrays.copyOfRange(bytes, cut, bytes.length), StandardOpenOption.APPEND);
    stream.finish(events::add);
    return events;
  }

  private static void assertJudged(TurnResult turn, StreamEvent.@Nullable LimitReached limit) {
    assertThat(turn.costUsd()).isFinite().isNotNegative();
    assertThat(turn.tokens()).isNotNegative();
    for (Integer status : new Integer[] {null, 0, 1, 143}) {
      switch (WorkerOutcome.of(new WorkerOutcome.Left(status, turn, limit, ""), _ -> true)) {
        case WorkerOutcome.Done(var result, _) ->
            assertThat(Json.line(Objects.requireNonNull(Json.parseObject(Json.line(result)))))
                .isEqualTo(Json.line(result));
        case WorkerOutcome.Failed(_, String message, _) -> assertShort(message);
        case WorkerOutcome.Halted(_, String message, _) -> assertShort(message);
      }
    }
  }

  private static void assertShort(String message) {
    assertThat(message).isNotBlank().hasSizeLessThan(WorkerOutcome.MAX_WORDS + MAX_OWN_WORDS);
  }
}

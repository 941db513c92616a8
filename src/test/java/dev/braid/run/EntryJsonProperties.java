package dev.braid.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.isolate.Change;
import dev.braid.isolate.Content;
import dev.braid.resource.Named;
import dev.braid.resource.ResourceKind;
import dev.braid.result.Failure;
import dev.braid.result.Status;
import dev.braid.result.TaskResult;
import dev.braid.store.Json;
import dev.braid.task.TaskId;
import dev.braid.task.TaskType;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EntryJsonProperties {
  private static final String[] TEXTS = {
    "",
    "x",
    "two\nlines",
    "\"quoted\" \\ back",
    "\u0000\u001b[31m",
    "\u00e4\u4e16\ud83d\ude00",
    "null"
  };

  static LongStream seeds() {
    return LongStream.range(0, 60);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void what_is_written_is_read_as_it_was(long seed) {
    var random = new Random(seed);
    for (Entry entry : entries(random).toList()) {
      String line = Json.line(EntryJson.write(entry));

      assertThat(line).as("seed %d", seed).doesNotContain("\n");
      ObjectNode read = Json.parseObject(line);
      assertThat(read).as("seed %d", seed).isNotNull();
      assertThat(read == null ? null : EntryJson.read(read)).as("seed %d", seed).isEqualTo(entry);
    }
  }

  @Test
  void every_kind_of_entry_is_generated() {
    var generated = new HashSet<Class<?>>();
    entries(new Random(0)).forEach(entry -> generated.add(entry.getClass()));

    assertThat(generated).containsExactlyInAnyOrder(Entry.class.getPermittedSubclasses());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void no_entry_with_a_key_changed_throws(long seed) {
    var random = new Random(seed);
    for (Entry entry : entries(random).toList()) {
      ObjectNode node = EntryJson.write(entry);
      List<String> keys = node.propertyStream().map(field -> field.getKey()).toList();
      String key = keys.get(random.nextInt(keys.size()));
      switch (random.nextInt(4)) {
        case 0 -> node.remove(key);
        case 1 -> node.put(key, "\u0000 no");
        case 2 -> node.putNull(key);
        default -> node.putArray(key).add(7);
      }

      Entry read = EntryJson.read(node);
      assertThat(read == null || read.getClass() == entry.getClass())
          .as("seed %d: %s", seed, node)
          .isTrue();
    }
  }

  private static Path tree(Random random) {
    return Path.of("/srv/" + random.nextInt(100));
  }

  private static Change change(Random random) {
    return new Change(text(random), maybe(random, content(random)), maybe(random, content(random)));
  }

  private static Content content(Random random) {
    Content.Kind[] kinds = Content.Kind.values();
    return new Content(kinds[random.nextInt(kinds.length)], "ab" + random.nextInt(100));
  }

  static Stream<Entry> entries(Random random) {
    Instant at = instant(random);
    return Stream.of(
        new Entry.Owned(at, text(random)),
        new Entry.Starting(
            at,
            task(random),
            random.nextInt(100),
            text(random),
            random.nextInt(10),
            text(random),
            random.nextLong(),
            maybe(random, text(random))),
        new Entry.NeverRan(at, task(random), random.nextInt(100)),
        new Entry.Retried(
            at,
            task(random),
            random.nextInt(100),
            text(random),
            random.nextDouble(1e6),
            random.nextBoolean(),
            maybe(random, random.nextDouble(100)),
            maybe(random, random.nextLong(1_000_000_000L))),
        new Entry.Parked(at, text(random), text(random), maybe(random, instant(random))),
        new Entry.Unparked(at),
        new Entry.Warned(at, task(random), text(random)),
        new Entry.Resourced(
            at,
            new Named(pick(random, ResourceKind.values()), text(random)),
            pick(random, Entry.Fate.values()),
            text(random)),
        new Entry.Ended(at, result(random)),
        new Entry.Placed(at, tasks(random)),
        new Entry.Applying(at, tree(random), List.of(change(random), change(random))),
        new Entry.Applied(at, tree(random), maybe(random, text(random))),
        new Entry.Undone(at, tree(random)),
        new Entry.CancelWished(at, tasks(random)),
        new Entry.Reopened(at, tasks(random)),
        new Entry.Finished(at, text(random), random.nextDouble(1e6), random.nextBoolean()));
  }

  private static TaskResult result(Random random) {
    Status status = pick(random, Status.values());
    ObjectNode fields = Json.object();
    fields.put("summary", text(random)).put("test_count", random.nextInt(9));
    fields.putArray("files").add(text(random));
    return new TaskResult(
        task(random),
        text(random),
        pick(random, TaskType.values()),
        maybe(random, text(random)),
        status,
        status == Status.SUCCESS ? null : pick(random, Failure.values()),
        text(random),
        maybe(random, text(random)),
        List.of(text(random), text(random)),
        maybe(random, random.nextInt(256)),
        random.nextDouble(1e6),
        maybe(random, instant(random)),
        maybe(random, instant(random)),
        random.nextInt(10),
        maybe(random, text(random)),
        maybe(random, random.nextDouble(100)),
        maybe(random, random.nextLong(1_000_000_000L)),
        fields);
  }

  private static List<TaskId> tasks(Random random) {
    return Stream.generate(() -> task(random)).limit(random.nextInt(4)).toList();
  }

  private static TaskId task(Random random) {
    return new TaskId("t" + random.nextInt(1_000) + pick(random, new String[] {"", ".x", "_-"}));
  }

  private static Instant instant(Random random) {
    return Instant.ofEpochSecond(random.nextLong(4_000_000_000L), random.nextInt(1_000_000_000));
  }

  private static String text(Random random) {
    return pick(random, TEXTS) + pick(random, TEXTS);
  }

  private static <T> @Nullable T maybe(Random random, T value) {
    return random.nextBoolean() ? value : null;
  }

  private static <T> T pick(Random random, T[] values) {
    return Arrays.asList(values).get(random.nextInt(values.length));
  }
}

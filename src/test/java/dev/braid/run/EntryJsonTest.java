package dev.braid.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.isolate.Change;
import dev.braid.isolate.Content;
import dev.braid.resource.Named;
import dev.braid.resource.ResourceKind;
import dev.braid.result.Status;
import dev.braid.store.Json;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EntryJsonTest {
  private static final Instant AT = Instant.parse("2030-05-06T07:08:09.123456789Z");

  private static final Named SKILL = new Named(ResourceKind.SKILL, "a-skill");

  static Stream<Entry> entries() {
    return Stream.of(
        new Entry.Owned(AT, "braid 1 on \"here\"\n"),
        new Entry.Starting(AT, Journals.A, 3, "nonce", 7, "boot", Long.MAX_VALUE, "session"),
        new Entry.Starting(AT, Journals.A, 1, "nonce", 0, "boot", 0, null),
        new Entry.NeverRan(AT, Journals.A, 2),
        new Entry.Retried(AT, Journals.A, 2, "it broke", 1.25, true, 0.1, 12L),
        new Entry.Retried(AT, Journals.A, 2, "", 0, false, null, null),
        new Entry.Parked(AT, "rate_limit", "until noon", AT.plusSeconds(60)),
        new Entry.Parked(AT, "auth", "log in", null),
        new Entry.Unparked(AT),
        new Entry.Warned(AT, Journals.A, "it ran without \"x\""),
        new Entry.Resourced(AT, SKILL, Entry.Fate.CREATED, ""),
        new Entry.Resourced(AT, SKILL, Entry.Fate.DELETED, "Not used in 30 days"),
        new Entry.Ended(AT, Journals.result(Journals.A, Status.SUCCESS, 0.25)),
        new Entry.Ended(AT, Journals.result(Journals.B, Status.FAILED, null)),
        new Entry.Placed(AT, List.of(Journals.A, Journals.B)),
        new Entry.Applying(
            AT,
            Path.of("/srv/shop"),
            List.of(
                new Change("a b.txt", null, new Content(Content.Kind.FILE, "0a")),
                new Change(
                    "x",
                    new Content(Content.Kind.PROGRAM, "0b"),
                    new Content(Content.Kind.LINK, "0c")),
                new Change("y", new Content(Content.Kind.FILE, "0d"), null))),
        new Entry.Applied(AT, Path.of("/srv/shop"), null),
        new Entry.Applied(AT, Path.of("/srv/shop"), "it does not fit"),
        new Entry.Undone(AT, Path.of("/srv/shop")),
        new Entry.CancelWished(AT, List.of()),
        new Entry.CancelWished(AT, List.of(Journals.A, Journals.B)),
        new Entry.Reopened(AT, List.of(Journals.B)),
        new Entry.Finished(AT, "partial", 12.5, true));
  }

  @ParameterizedTest
  @MethodSource("entries")
  void an_entry_is_read_as_it_was_written(Entry entry) {
    ObjectNode line =
        Objects.requireNonNull(Json.parseObject(Json.line(EntryJson.write(entry))), "an object");

    assertThat(EntryJson.read(line)).isEqualTo(entry);
  }

  @Test
  void every_kind_of_entry_is_among_them() {
    assertThat(entries().map(Object::getClass).distinct())
        .containsExactlyInAnyOrder(Entry.class.getPermittedSubclasses());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"at\":\"yesterday\",\"entry\":\"unparked\"}",
        "{\"at\":\"2030-05-06T07:08:09Z\",\"entry\":\"of the future\"}",
        "{\"at\":\"2030-05-06T07:08:09Z\",\"entry\":\"never_ran\",\"task\":\"../x\"}",
        "{\"at\":\"2030-05-06T07:08:09Z\",\"entry\":\"ended\",\"result\":{\"task_id\":\"a\"}}",
        "{\"at\":\"2030-05-06T07:08:09Z\",\"entry\":\"ended\"}"
      })
  void an_entry_of_another_version_counts_for_nothing(String line) {
    ObjectNode node = Objects.requireNonNull(Json.parseObject(line), "an object");

    assertThat(EntryJson.read(node)).isNull();
  }
}

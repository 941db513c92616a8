package dev.braid.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class PendingTest {
  private static final Duration LONG = Duration.ofHours(1);
  private static final Duration MILLI = Duration.ofMillis(1);
  private static final Path FILE = Path.of("/root/file");

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2030-05-06T07:08:09Z"));
  private final Pending pending = new Pending(now::get);

  private void pass(Duration time) {
    now.updateAndGet(before -> before.plus(time));
  }

  @Test
  void nothing_settles_when_nothing_changed() {
    assertThat(pending.untilSettled(LONG)).isEqualTo(LONG);
    assertThat(pending.takeSettled()).isEmpty();
  }

  @Test
  void a_change_is_told_after_a_short_quiet() {
    pending.add(FILE);
    pass(Pending.QUIET.minus(MILLI));
    assertThat(pending.untilSettled(LONG)).isEqualTo(MILLI);
    assertThat(pending.takeSettled()).isEmpty();

    pass(MILLI);

    assertThat(pending.takeSettled()).contains(new ChangeSet(Set.of(FILE), false));
    assertThat(pending.untilSettled(LONG)).isEqualTo(LONG);
  }

  @Test
  void another_change_begins_the_quiet_again() {
    pending.add(FILE);
    pass(Pending.QUIET.minus(MILLI));
    pending.add(FILE);
    pass(MILLI);

    assertThat(pending.untilSettled(LONG)).isEqualTo(Pending.QUIET.minus(MILLI));
  }

  @Test
  void the_first_change_waits_no_longer_than_the_longest_wait() {
    Instant first = now.get();
    Optional<ChangeSet> told = Optional.empty();
    while (told.isEmpty()) {
      pending.add(FILE);
      pass(MILLI);
      told = pending.takeSettled();
    }

    assertThat(Duration.between(first, now.get())).isEqualTo(Pending.LONGEST);
  }

  @Test
  void more_paths_than_are_kept_count_as_everything() {
    for (int i = 0; i <= Pending.MAX_PATHS; i++) {
      pending.add(Path.of("/root/file-" + i));
    }
    pending.add(FILE);
    pass(Pending.LONGEST);

    assertThat(pending.takeSettled()).contains(new ChangeSet(Set.of(), true));
  }

  @Test
  void as_many_paths_as_are_kept_are_told() {
    for (int i = 0; i < Pending.MAX_PATHS; i++) {
      pending.add(Path.of("/root/file-" + i));
    }
    pass(Pending.LONGEST);

    assertThat(pending.takeSettled())
        .hasValueSatisfying(changes -> {
          assertThat(changes.everything()).isFalse();
          assertThat(changes.paths()).hasSize(Pending.MAX_PATHS);
        });
  }

  @Test
  void what_follows_everything_is_told_by_its_name_again() {
    pending.addEverything();
    pass(Pending.QUIET);
    var _ = pending.takeSettled();
    pending.add(FILE);
    pass(Pending.QUIET);

    assertThat(pending.takeSettled()).contains(new ChangeSet(Set.of(FILE), false));
  }

  @Test
  void a_clock_that_is_set_back_holds_nothing_up() {
    pending.add(FILE);
    pass(LONG.negated());

    assertThat(pending.takeSettled()).contains(new ChangeSet(Set.of(FILE), false));
  }
}

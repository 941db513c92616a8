package dev.braid.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.config.Settings;
import dev.braid.run.RunStore;
import dev.braid.state.EarlierState;
import dev.braid.store.LogFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OldRunsTest {
  private static final EarlierState NEWEST = EarlierState.all().getLast();
  private static final Duration HOUR = Duration.ofHours(1);

  @TempDir private Path folder;

  private EarlierState state = NEWEST;
  private Settings settings = Settings.defaults(state.places());
  private RunStore store = new RunStore(state.places());
  private LogFile log = new LogFile(() -> settings, () -> Instant.EPOCH);
  private Instant now = Instant.EPOCH;
  private long awakeNanos;

  @BeforeEach
  void copy() throws IOException {
    state = NEWEST.copiedTo(folder);
    settings = Settings.defaults(state.places());
    store = new RunStore(state.places());
    now = store.all().getLast().created();
    log = new LogFile(() -> settings, () -> now);
  }

  @AfterEach
  void close() {
    log.close();
  }

  private OldRuns oldRuns() {
    return new OldRuns(store, () -> now, () -> awakeNanos, Map.of(), () -> settings, log);
  }

  private void pass(Duration onTheWall, Duration awake) {
    now = now.plus(onTheWall);
    awakeNanos += awake.toNanos();
  }

  @Test
  void runs_that_grew_old_while_the_daemon_ran_are_removed() throws IOException {
    OldRuns oldRuns = oldRuns();
    int before = store.all().size();
    Duration month = Duration.ofDays(settings.keepRunsDays() + 1L);
    pass(month, month);

    oldRuns.removeDue();

    assertThat(store.all()).hasSizeLessThan(before);
  }

  @Test
  void a_clock_that_jumps_and_is_put_right_within_the_hour_removes_nothing() throws IOException {
    OldRuns oldRuns = oldRuns();
    int before = store.all().size();
    pass(Duration.ofDays(400), HOUR);
    oldRuns.removeDue();
    pass(Duration.ofDays(-400), HOUR);
    oldRuns.removeDue();
    pass(HOUR, HOUR);
    oldRuns.removeDue();

    assertThat(store.all()).hasSize(before);
  }

  @Test
  void after_a_long_sleep_they_are_removed_an_hour_later() throws IOException {
    OldRuns oldRuns = oldRuns();
    int before = store.all().size();
    pass(Duration.ofDays(60), HOUR);
    oldRuns.removeDue();
    assertThat(store.all()).hasSize(before);

    pass(HOUR, HOUR);
    oldRuns.removeDue();

    assertThat(store.all()).hasSizeLessThan(before);
  }
}

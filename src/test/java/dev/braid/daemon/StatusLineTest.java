package dev.braid.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.braid.config.Places;
import dev.braid.config.Settings;
import dev.braid.run.Problem;
import dev.braid.run.RunId;
import dev.braid.run.Standing;
import dev.braid.store.LogFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusLineTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final RunId ONE = new RunId("01990000-0000-7000-8000-000000000001");
  private static final RunId TWO = new RunId("01990000-0000-7000-8000-000000000002");
  private static final Instant NOON = Instant.parse("2030-05-06T12:00:00Z");

  @TempDir Path folder;

  private static Standing goesOn(RunId run, int tasks, int done, int failed) {
    return new Standing(run, tasks, done, failed, false, null);
  }

  private static Standing parked(RunId run, @Nullable Instant until) {
    return new Standing(run, 4, 1, 0, true, until);
  }

  private static String text(Standing... runs) {
    return StatusLine.text(List.of(runs), 0, NOON);
  }

  @Test
  void without_runs_and_problems_nothing_is_shown() {
    assertThat(text()).isEmpty();
  }

  @Test
  void runs_are_summed_up() {
    assertThat(text(goesOn(ONE, 7, 3, 0))).isEqualTo("braid: run 000001, 3/7 done");
    assertThat(text(goesOn(ONE, 7, 3, 1), goesOn(TWO, 5, 5, 1)))
        .isEqualTo("braid: 2 runs, 8/12 done, 2 failed");
  }

  @Test
  void what_stands_still_is_told_with_the_time_at_which_the_first_goes_on() {
    Instant soon = NOON.plus(Duration.ofHours(2));
    String hour = soon.atZone(ZoneId.systemDefault()).toLocalTime().toString();

    assertThat(text(parked(ONE, null))).isEqualTo("braid: run 000001, 1/4 done, parked");
    assertThat(text(parked(ONE, soon.plusSeconds(600)), parked(TWO, soon), goesOn(ONE, 1, 0, 0)))
        .isEqualTo("braid: 3 runs, 2/9 done, 2 parked until " + hour);
    assertThat(text(parked(ONE, NOON.plus(Duration.ofDays(3)))))
        .startsWith("braid: run 000001, 1/4 done, parked until 2030-05-");
  }

  @Test
  void problems_are_counted() {
    assertThat(StatusLine.text(List.of(), 1, NOON)).isEqualTo("braid: 1 problem: braid status");
    assertThat(StatusLine.text(List.of(goesOn(ONE, 1, 0, 0)), 2, NOON))
        .isEqualTo("braid: run 000001, 0/1 done, 2 problems: braid status");
  }

  @Test
  void the_file_is_written_when_something_changed_and_only_then() throws IOException {
    Path file = folder.resolve("statusline");
    var problems = new CopyOnWriteArrayList<Problem>();
    var settings = Settings.defaults(new Places(folder));
    try (var log = new LogFile(() -> settings, () -> NOON);
        var line = new StatusLine(file, () -> List.copyOf(problems), () -> NOON, log)) {
      line.look();
      await().atMost(PATIENCE).until(() -> Files.exists(file));
      assertThat(file).hasContent("\n\n");
      Object before = Files.readAttributes(file, "unix:ino").get("ino");

      line.look();
      line.show(List.of());
      await()
          .during(Duration.ofMillis(500))
          .atMost(PATIENCE)
          .untilAsserted(() ->
              assertThat(Files.readAttributes(file, "unix:ino").get("ino")).isEqualTo(before));

      line.show(List.of(goesOn(ONE, 2, 1, 0), goesOn(TWO, 2, 1, 0)));
      problems.add(new Problem("something", "mend it"));
      await()
          .atMost(PATIENCE)
          .untilAsserted(() ->
              assertThat(file)
                  .hasContent(
                      "braid: 2 runs, 2/4 done, 1 problem: braid status\n"
                          + ONE
                          + " "
                          + TWO
                          + "\n"));

      line.show(List.of(goesOn(ONE, 2, 2, 0)));
    }
    assertThat(Files.readString(file))
        .isEqualTo("braid: run 000001, 2/2 done, 1 problem: braid status\n" + ONE + "\n");
  }
}

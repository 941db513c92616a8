package dev.braid.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.braid.config.Places;
import dev.braid.run.Replay;
import dev.braid.run.RunFile;
import dev.braid.run.RunId;
import dev.braid.run.RunOutcome;
import dev.braid.run.RunStore;
import dev.braid.run.StatisticsFile;
import dev.braid.run.Timeline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Statistics and traces of a thousand runs, held against another reading of their journals. */
class GeneratedRunsProperties {
  private static final int RUNS = 1_000;

  @TempDir private static Path root;

  private static Places places = new Places(Path.of("/"));

  @BeforeAll
  static void generate() throws IOException {
    places = new Places(root);
    for (int seed = 0; seed < RUNS; seed++) {
      GeneratedRun.write(places.parallelResults(), seed);
    }
  }

  private static List<Path> folders() throws IOException {
    var folders = new ArrayList<Path>();
    for (RunId id : new RunStore(places).all()) {
      folders.add(places.runFolder(id.value()));
    }
    return folders;
  }

  @Test
  void statistics_are_those_of_another_reading_and_made_anew_they_are_the_same()
      throws IOException {
    Path file = root.resolve("stats.json");
    var statistics = new StatisticsFile(places, file);

    int added = statistics.rebuild(new RunStore(places));
    String first = Files.readString(file);

    List<PlainReading> readings = PlainReading.all(folders());
    assertThat(readings).hasSize(RUNS);
    assertThat(added).isEqualTo((int) readings.stream().filter(PlainReading::isFinished).count());
    assertThat(added).isGreaterThan(RUNS / 2);
    StatisticsAssert.assertThat(Ended.json(first)).says(PlainReading.statistics(readings));
    assertThat(statistics.rebuild(new RunStore(places))).isZero();
    assertThat(file).hasContent(first);
    Files.delete(places.history());
    assertThat(statistics.rebuild(new RunStore(places))).isEqualTo(added);
    assertThat(file).hasContent(first);
  }

  @Test
  void every_trace_is_whole_and_sums_up_to_what_the_report_says() throws IOException {
    var store = new RunStore(places);
    for (Path folder : folders()) {
      var id = new RunId(String.valueOf(folder.getFileName()));
      RunFile file = store.request(id).orElseThrow();
      var reading = new PlainReading(folder);
      JsonNode report = RunJson.write(RunOutcome.soFar(file, Replay.of(store.folder(id))));

      JsonNode trace = TraceJson.write(file, Timeline.of(file, store.folder(id)));

      new PlainTrace(id.value(), trace).assertLike(reading, report);
      assertThat(report.at("/timing/sequential_seconds").asDouble())
          .as("%s", id)
          .isCloseTo(reading.sequentialSeconds(), within(1e-9));
      assertThat(report.at("/timing/critical_path_seconds").asDouble())
          .as("%s", id)
          .isCloseTo(reading.criticalPathSeconds(), within(1e-9));
    }
  }

  @Test
  void all_that_may_happen_to_a_run_is_generated() throws IOException {
    var text = new StringBuilder();
    int torn = 0;
    for (Path folder : folders()) {
      String journal = Files.readString(folder.resolve("journal.jsonl"));
      torn += journal.endsWith("\n") ? 0 : 1;
      text.append(journal);
    }

    assertThat(torn).isPositive();
    assertThat(text)
        .contains("never_ran", "reopened", "parked", "cancel_wished", "of_another_version")
        .contains("\"skipped\"", "\"cancelled\"", "\"counts\":false", "\"attempts\":4");
    assertThat(PlainReading.statistics(PlainReading.all(folders())).values())
        .allSatisfy(figure -> assertThat(figure).isPositive());
  }
}

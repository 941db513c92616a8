package dev.braid.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.claude.Claimant;
import dev.braid.claude.TaskList;
import dev.braid.config.ConfigReader;
import dev.braid.config.Home;
import dev.braid.config.Places;
import dev.braid.config.Settings;
import dev.braid.protocol.Endpoint;
import dev.braid.resource.Resources;
import dev.braid.result.TaskResult;
import dev.braid.state.Cut;
import dev.braid.state.EarlierState;
import dev.braid.store.Json;
import dev.braid.store.RunFolder;
import dev.braid.task.TaskId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * State of which a disk lost the end of one file: whatever reads it goes on with the rest, says
 * what it left out, and changes nothing.
 */
class CutStateTest {
  private static final EarlierState NEWEST = EarlierState.all().getLast();
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-27T19:00:00Z"));
  private static final DiskUse.Figures ENOUGH = new DiskUse.Figures(10, 20, 30, 100L << 30, true);

  @TempDir private Path folder;
  private EarlierState state = NEWEST;
  private Places places = NEWEST.places();
  private RunStore store = new RunStore(places);

  /** What a person is told. */
  private final List<String> told = new ArrayList<>();

  @BeforeEach
  void copy() throws IOException {
    state = NEWEST.copiedTo(folder);
    places = state.places();
    store = new RunStore(places);
  }

  @Test
  void the_rest_is_known_and_what_is_not_is_said() throws IOException {
    Map<String, String> whole = runs();
    for (Path file : Cut.files(places.root())) {
      if (file.toString().contains("/attempt-")) {
        continue; // of processes: see InspectionTest
      }
      Cut.each(
          file,
          cut -> {
            told.clear();
            Map<String, String> left = runs();
            whole.forEach((run, standing) -> {
              if (!file.toString().contains(run)) {
                assertThat(left).containsEntry(run, standing);
              }
            });
            readAll();
            if (isTold(cut)) {
              assertThat(told).anyMatch(line -> line.contains(nameOf(file)));
            }
          });
    }
  }

  /** Whether a person should hear of it: what derives from a journal is not missed. */
  private boolean isTold(Cut cut) throws IOException {
    boolean isUnreadable = Json.parseObject(Files.readString(cut.file())) == null;
    boolean isOfPerson =
        cut.file().equals(places.configFile())
            || cut.file().equals(places.registryFile())
            || cut.file().startsWith(places.taskLists());
    boolean isOfOpenRun =
        nameOf(cut.file()).equals("run.json")
            && store.unfinished().stream()
                .anyMatch(run -> cut.file().toString().contains("" + run));
    return isUnreadable && (isOfPerson || isOfOpenRun);
  }

  private static String nameOf(Path file) {
    return String.valueOf(file.getFileName());
  }

  /** How each run stands, by its id. */
  private Map<String, String> runs() throws IOException {
    var runs = new TreeMap<String, String>();
    for (RunId id : store.all()) {
      RunFolder run = store.folder(id);
      Replay replay = Replay.of(run);
      String standing = replay.status() + " " + replay.results();
      var file = store.request(id);
      if (file.isPresent()) {
        RunOutcome outcome = RunOutcome.soFar(file.get(), replay);
        standing += outcome.report(false) + " " + outcome.merged().document();
        var onlooker = new Onlooker(file.get(), run);
        assertThat(onlooker.look()).isNotNull();
        standing += onlooker.counts();
        CallerEnvironment environment = CallerEnvironment.read(file.get().environmentFile());
        standing += environment == null;
      }
      standing += Wishes.waiting(run).size();
      runs.put(id.value(), standing);
    }
    return runs;
  }

  /** Everything else that is read of a root. */
  private void readAll() throws IOException {
    var home = new Home(Path.of("/home/user"), places);
    switch (new ConfigReader(home, Map.of()).read(null, Map.of())) {
      case ConfigReader.Loaded _ -> {}
      case ConfigReader.Faulty(Path file, List<String> problems) ->
          told.add(file + ": " + problems);
    }
    var settings = Settings.defaults(places);
    var resources = new Resources(places, CLOCK, told::add);
    ObjectNode status = Json.object();
    new RootStatus(store, resources, CLOCK, FakeProcesses::new)
        .addTo(status, settings, ENOUGH, List.of());
    status.path("problems").valueStream().map(JsonNode::asText).forEach(told::add);
    assertThat(resources.deleted()).hasSizeLessThanOrEqualTo(1);
    assertThat(new StatisticsFile(places, places.statsFile()).read().parallelRuns())
        .isLessThanOrEqualTo(2);
    assertThat(new History(places).durations()).isNotNull();
    assertThat(new NotRun(places, CLOCK).all()).hasSizeLessThanOrEqualTo(1);
    assertThat(Endpoint.read(places.endpointFile())).isNotNull();
    for (Handover handover : Handover.all(places)) {
      assertThat(handover.expected()).hasSizeLessThanOrEqualTo(1);
      assertThat(handover.cwd()).isIn(Path.of("/home/user/project"), Path.of("/dev/null"));
      Path list = places.taskLists().resolve(handover.session());
      told.addAll(TaskList.read(list, Path.of("/"), false, Claimant.PERSON).warnings());
    }
    var processes = new FakeProcesses();
    processes.areOthersAlive = true;
    assertThat(new Presence(places, processes).isAlive("another")).isFalse();
    assertThat(new Retention(store, CLOCK, 30, 1024, Map.of()).due()).isEmpty();
    var worktrees = new WorktreeRetention(store, CLOCK, state.worktrees(), 30, 1024);
    assertThat(worktrees.due()).isEmpty();
  }

  @Test
  void what_derives_from_a_journal_is_made_again() throws IOException {
    assertThat(new Rebuilding(store).run()).as("files that are not whole").isZero();
    Map<Path, byte[]> derived = derived();
    assertThat(derived).hasSizeGreaterThan(20);
    for (Map.Entry<Path, byte[]> each : derived.entrySet()) {
      byte[] whole = each.getValue();
      for (int length = 0; length < whole.length - 1; length += 64) {
        Files.write(each.getKey(), Arrays.copyOf(whole, length));

        int made = new Rebuilding(store).run();

        assertThat(made).as("%s cut at %s", each.getKey(), length).isEqualTo(1);
        assertThat(Files.readString(each.getKey())).isEqualTo(new String(whole, UTF_8));
      }
    }
  }

  /** Files that derive from journals, with what is in them. */
  private Map<Path, byte[]> derived() throws IOException {
    var derived = new TreeMap<Path, byte[]>();
    for (Path file : Cut.files(places.parallelResults())) {
      boolean isNewest = places.parallelResults().equals(file.getParent());
      if (isNewest || Set.of("result.json", "merged.json", "report.txt").contains(nameOf(file))) {
        derived.put(file, Files.readAllBytes(file));
      }
    }
    return derived;
  }

  @Test
  void statistics_are_made_again_from_the_journals() throws IOException {
    String stats = Files.readString(places.statsFile());
    Cut.each(
        places.history(),
        _ -> {
          byte[] cut = Files.readAllBytes(places.history());
          var file = new StatisticsFile(places, places.statsFile());

          int missing = file.rebuild(store);

          assertThat(missing).isBetween(0, 4);
          assertThat(Objects.requireNonNull(Json.parseObject(Files.readString(places.statsFile()))))
              .isEqualTo(Json.parseObject(stats));
          Files.write(places.history(), cut);
        });
  }

  @Test
  void a_run_whose_journal_was_cut_has_the_results_that_are_left() throws IOException {
    for (RunId id : store.all()) {
      Map<TaskId, TaskResult> whole = Replay.of(store.folder(id)).results();
      Cut.each(
          store.folder(id).journal(),
          _ -> {
            Replay left = Replay.of(store.folder(id));
            left.results()
                .forEach((task, result) -> assertThat(result.runId()).isEqualTo(id.value()));
            assertThat(left.results().size()).isLessThanOrEqualTo(whole.size() + 2);
          });
    }
  }
}

package dev.braid.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.claude.Claimant;
import dev.braid.claude.ListedFile;
import dev.braid.claude.Listing;
import dev.braid.claude.TaskList;
import dev.braid.config.ConfigReader;
import dev.braid.config.Home;
import dev.braid.config.Mode;
import dev.braid.config.Settings;
import dev.braid.isolate.Leftover;
import dev.braid.protocol.Endpoint;
import dev.braid.resource.Answer;
import dev.braid.resource.Named;
import dev.braid.resource.Resource;
import dev.braid.resource.ResourceKind;
import dev.braid.resource.Resources;
import dev.braid.run.NotRun;
import dev.braid.run.StatisticsFile;
import dev.braid.stats.RunFigures;
import dev.braid.stats.Statistics;
import dev.braid.store.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What earlier versions wrote means today what it meant then. */
class StateOfEarlierVersionsTest {
  private static final Named GRAPHQL = new Named(ResourceKind.SKILL, "graphql-migration");

  @TempDir private Path folder;

  static List<EarlierState> versions() {
    return EarlierState.all();
  }

  @ParameterizedTest
  @MethodSource("versions")
  void settings_are_in_force(EarlierState state) {
    var reader = new ConfigReader(new Home(Path.of("/home/user"), state.places()), Map.of());

    var loaded = (ConfigReader.Loaded) reader.read(null, Map.of());

    Settings settings = loaded.settings();
    assertThat(settings.mode()).isEqualTo(Mode.DELEGATE);
    assertThat(settings.maxParallelTasks()).isEqualTo(8);
    assertThat(settings.claudeCommand()).isEqualTo("/home/user/bin/claude");
    assertThat(settings.verify()).containsEntry(Path.of("/home/user/other"), "make check");
    assertThat(settings.maxRetries()).isEqualTo(Settings.defaults(state.places()).maxRetries());
    assertThat(loaded.warnings()).singleElement().asString().contains("of_a_neighbour", "kept");
  }

  @ParameterizedTest
  @MethodSource("versions")
  void skills_and_agents_are_known_and_the_deleted_one_comes_back(EarlierState state)
      throws IOException {
    var warnings = new ArrayList<String>();
    EarlierState copy = state.copiedTo(folder);
    var resources = new Resources(copy.places(), InstantSource.system(), warnings::add);

    assertThat(resources.all())
        .extracting(Resource::name)
        .containsExactlyInAnyOrder("graphql-migration", "code-search", "deployer");
    Resource graphql = resources.find(GRAPHQL).orElseThrow();
    assertThat(graphql.description()).isEqualTo("Migrates GraphQL schemas");
    assertThat(graphql.details()).containsExactly("schemas", "resolvers");
    assertThat(graphql.isMarkedUseful()).isTrue();
    assertThat(graphql.created()).isPresent();
    assertThat(resources.isEdited(graphql)).isFalse();
    Resource search = resources.find(new Named(ResourceKind.SKILL, "code-search")).orElseThrow();
    assertThat(search.usageCount()).isEqualTo(1);
    assertThat(search.lastUsed()).isPresent();
    var gone = new Named(ResourceKind.SKILL, "short-lived");
    assertThat(resources.deleted()).singleElement().extracting("name").isEqualTo("short-lived");
    assertThat(resources.restore(gone)).isInstanceOf(Answer.Done.class);
    assertThat(resources.text(gone).orElseThrow()).contains("Soon deleted");
    assertThat(warnings).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("versions")
  void statistics_are_what_the_history_tells(EarlierState state) throws IOException {
    var file = new StatisticsFile(state.places(), state.places().statsFile());

    Statistics statistics = file.read();

    assertThat(statistics.parallelRuns()).isEqualTo(2);
    assertThat(statistics.made()).isEqualTo(new RunFigures.Made(1, 1, 0, 0));
    assertThat(statistics.mergeSuccessRate()).isCloseTo(0.5, within(1e-9));
    RunFigures.OfType general = Objects.requireNonNull(statistics.types().get("general"));
    assertThat(general.costUsd()).isEqualTo(0.625);
    ObjectNode stored = file.stored().orElseThrow();
    assertThat(stored.path("total_tasks_parallelized").asInt())
        .isEqualTo(statistics.parallelTasks());
    assertThat(stored.at("/by_type/build/failed").asInt()).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("versions")
  void the_daemon_is_found_by_programs_and_by_scripts(EarlierState state) throws IOException {
    Endpoint endpoint = Endpoint.read(state.places().endpointFile()).orElseThrow();

    assertThat(endpoint.token()).hasSize(64);
    assertThat("v" + endpoint.version()).startsWith(state.version());
    List<String> lines = Files.readAllLines(state.places().daemonPid());
    assertThat(lines.getFirst()).startsWith(endpoint.pid() + " ");
    assertThat(lines.getLast()).isEqualTo("" + endpoint.port());
    assertThat(state.places().modeFile()).hasContent("delegate");
    assertThat(state.places().serviceFile()).hasContent("braid.service");
    assertThat(state.places().hookTokenFile()).content().matches("[0-9a-f]{64}\n");
    assertThat(state.places().dashboardKey()).content().matches("[0-9a-f]{64}\n");
  }

  @ParameterizedTest
  @MethodSource("versions")
  void what_was_looked_at_and_not_run_is_remembered(EarlierState state) throws IOException {
    var looked = new NotRun(state.places(), InstantSource.system()).all();

    assertThat(looked).hasSize(1);
    assertThat(looked.getFirst().source()).isEqualTo("file dropped.json");
    assertThat(looked.getFirst().tasks()).isEqualTo(2);
    assertThat(looked.getFirst().decision().parallel()).isFalse();
  }

  @ParameterizedTest
  @MethodSource("versions")
  void claims_on_lists_hold(EarlierState state) throws IOException {
    Path lists = state.copiedTo(folder).places().taskLists();

    Listing done = listing(lists, EarlierState.TOLD);
    assertThat(done.done()).extracting("value").containsExactly("1", "2", "3");
    Listing claimed = listing(lists, EarlierState.PARKED);
    assertThat(claimed.tasks()).isEmpty();
    assertThat(claimed.leftAlone())
        .hasSize(3)
        .allMatch(alone -> alone.reason().startsWith("done by run "));
    var file = new ListedFile(lists.resolve(EarlierState.PARKED), "2", InstantSource.system());
    String run = file.run().orElseThrow();
    assertThat(file.giveBack(run, "a test")).isEqualTo(ListedFile.Change.DONE);
    assertThat(listing(lists, EarlierState.PARKED).tasks()).hasSize(1);
  }

  private static Listing listing(Path lists, String session) {
    return TaskList.read(lists.resolve(session), Path.of("/"), false, Claimant.PERSON);
  }

  @ParameterizedTest
  @MethodSource("versions")
  void worktrees_are_known_as_ours(EarlierState state) throws IOException {
    List<Leftover> leftovers = Leftover.all(state.worktrees());

    assertThat(leftovers).extracting(Leftover::key).containsExactlyInAnyOrder("a", "b");
    assertThat(leftovers)
        .allMatch(each -> each.tree().equals(Path.of("/home/user/project")))
        .extracting(Leftover::run)
        .allMatch(run -> Files.exists(state.places().runFolder(run)));
  }

  @ParameterizedTest
  @MethodSource("versions")
  void what_a_later_version_added_to_the_registry_is_kept(EarlierState state) throws IOException {
    EarlierState copy = state.copiedTo(folder);
    Path file = copy.places().registryFile();
    ObjectNode registry = Objects.requireNonNull(Json.parseObject(Files.readString(file)));
    registry.put("of_tomorrow", 1).putArray("temporary_commands").addObject().put("name", "x");
    ((ObjectNode) registry.at("/temporary_skills/0")).putObject("of_tomorrow").put("deep", true);
    Files.writeString(file, Json.pretty(registry));
    var resources = new Resources(copy.places(), InstantSource.system(), _ -> {});

    resources.mark(GRAPHQL, false);

    ObjectNode now = Objects.requireNonNull(Json.parseObject(Files.readString(file)));
    assertThat(now.path("of_tomorrow").asInt()).isEqualTo(1);
    assertThat(now.at("/temporary_commands/0/name").asText()).isEqualTo("x");
    assertThat(now.at("/temporary_skills/0/of_tomorrow/deep").asBoolean()).isTrue();
    assertThat(resources.find(GRAPHQL).orElseThrow().isMarkedUseful()).isFalse();
  }
}

package dev.braid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.store.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Rounds of kill -9 at random moments. The system property {@code braid.kill.rounds} says how many,
 * {@code braid.kill.seed} repeats those of an earlier campaign.
 */
@Execution(ExecutionMode.CONCURRENT)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KillIT {
  private static final int TASKS = 30;
  private static final int MAX_BLOCKERS = 2;
  private static final int MAX_KILLS = 3;
  private static final int DEFAULT_ROUNDS = 8;

  /** Listens on a port. */
  private static final int LISTENER = 7;

  /** Leaves a process running. */
  private static final int PARENT = 11;

  private static final String PORT_VARIABLE = "HELD_PORT";
  private static final List<String> KEPT =
      List.of("task_id", "type", "status", "failure", "output", "error", "warnings", "exit_code");

  private final long seed = Long.getLong("braid.kill.seed", System.nanoTime());
  private String graph = "";
  private Map<String, JsonNode> undisturbed = Map.of();
  private Duration wall = Duration.ZERO;

  @BeforeAll
  void run_undisturbed() throws Exception {
    System.out.println("kill campaign: -Dbraid.kill.seed=" + seed);
    graph = graph(new SplittableRandom(seed));
    try (var root = newRoot()) {
      long before = System.nanoTime();
      run(root).await().expectExit(ExitCode.GOOD);
      wall = Duration.ofNanos(System.nanoTime() - before);
      undisturbed = results(root);
      assertThat(undisturbed).hasSize(TASKS);
      assertThat(root.result("t0").path("output").asText()).isEqualTo("out of t0\n");
    }
  }

  private static String graph(SplittableRandom random) throws Exception {
    var tasks = new ArrayList<ObjectNode>();
    for (int i = 0; i < TASKS; i++) {
      String id = "t" + i;
      int at = i;
      String[] blockers =
          random
              .ints(random.nextInt(MAX_BLOCKERS + 1), 0, Math.max(1, i))
              .filter(blocker -> blocker < at)
              .distinct()
              .mapToObj(blocker -> "t" + blocker)
              .toArray(String[]::new);
      String work = work(i, random.nextInt(50, 300));
      String command = "echo %s >> started; %s; echo out of %s".formatted(id, work, id);
      tasks.add(TaskDocument.command(id, command, blockers));
    }
    return TaskDocument.of(tasks);
  }

  private static String work(int index, int milliseconds) throws Exception {
    return switch (index) {
      case LISTENER -> PortHolder.command(PORT_VARIABLE, milliseconds);
      case PARENT -> "sleep 600 & true";
      default -> "sleep 0.%03d".formatted(milliseconds);
    };
  }

  private TempRoot newRoot() throws Exception {
    var root = new TempRoot();
    root.with(PORT_VARIABLE, Integer.toString(PortHolder.freePort()));
    root.write("graph.json", graph);
    return root;
  }

  private static BraidProcess run(TempRoot root) {
    return root.start("run", "--force", "--max-parallel", "8", "graph.json");
  }

  LongStream rounds() {
    return new SplittableRandom(seed)
        .longs(Integer.getInteger("braid.kill.rounds", DEFAULT_ROUNDS));
  }

  @ParameterizedTest(name = "round {0}")
  @MethodSource("rounds")
  void a_run_that_is_killed_and_resumed_ends_as_if_nothing_had_happened(long round)
      throws Exception {
    var moments = new SplittableRandom(round);
    try (var root = newRoot()) {
      killAtRandom(run(root), moments);
      for (int kills = 1 + moments.nextInt(MAX_KILLS); kills > 1; kills--) {
        killAtRandom(root.start("resume"), moments);
      }
      Ended resumed = root.run("resume").expectExit(ExitCode.GOOD);
      assertThat(resumed.err()).doesNotContain("Exception", "fault");

      if (!began(root)) {
        assertThat(root.read("started")).as("killed before the run began").isEmpty();
      } else {
        assertWhole(root);
      }
    }
  }

  /** A run begins with its request; until that is written nothing was promised. */
  private static boolean began(TempRoot root) throws IOException {
    return !root.runFolders().isEmpty() && Files.exists(root.runFolder().resolve("run.json"));
  }

  private void killAtRandom(BraidProcess braid, SplittableRandom moments)
      throws InterruptedException {
    Thread.sleep(moments.nextLong(wall.toMillis()));
    braid.kill();
  }

  private void assertWhole(TempRoot root) throws Exception {
    assertThat(results(root)).as("results").isEqualTo(undisturbed);
    assertThat(root.read("started").lines())
        .as("tasks that were started, each once")
        .containsExactlyInAnyOrderElementsOf(undisturbed.keySet());
    List<String> ended =
        Files.readAllLines(root.runFolder().resolve("journal.jsonl")).stream()
            .filter(line -> line.contains("\"entry\":\"ended\""))
            .toList();
    assertThat(ended).as("ends in the journal").hasSize(TASKS);
    assertThat(root.runFolder().resolve("merged.json")).isNotEmptyFile();
    assertThat(root.runFolder().resolve("report.txt")).isNotEmptyFile();
    assertNothingLeft(root);
  }

  private static void assertNothingLeft(TempRoot root) throws Exception {
    assertThat(LivingProcesses.startedWith("BRAID_RUN_ID=" + root.runId()))
        .as("processes left")
        .isEmpty();
    PortHolder.bind(port(root));
    assertThat(root.temporary()).as("temporary files").isEmptyDirectory();
    assertThat(root.path().resolve("memory/run/braid")).as("environments").isEmptyDirectory();
  }

  private static int port(TempRoot root) {
    return Integer.parseInt(root.variable(PORT_VARIABLE));
  }

  /** Of each task what must not depend on when anything was killed. */
  private static Map<String, JsonNode> results(TempRoot root) throws IOException {
    var results = new TreeMap<String, JsonNode>();
    try (Stream<Path> tasks = Files.list(root.runFolder().resolve("tasks"))) {
      for (Path task : tasks.toList()) {
        JsonNode whole = Ended.json(Files.readString(task.resolve("result.json")));
        ObjectNode kept = Json.object();
        KEPT.forEach(key -> kept.set(key, whole.path(key)));
        results.put(whole.path("task_id").asText(), kept);
      }
    }
    return results;
  }
}

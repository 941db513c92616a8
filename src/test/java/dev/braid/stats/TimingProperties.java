package dev.braid.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bounds that hold for every schedule, on generated graphs whose schedule is simulated. */
class TimingProperties {
  private static final double ROUNDING = 1e-9;

  private record Running(int task, double end) {}

  /** Tasks in an order in which blockers come first. */
  private static final class Graph {
    private final double[] seconds;
    private final int[][] blockers;
    private final int slots;

    Graph(long seed) {
      var random = new Random(seed);
      int count = 1 + random.nextInt(60);
      seconds = random.doubles(count, 0, 100).toArray();
      blockers = new int[count][];
      Arrays.setAll(
          blockers, task -> IntStream.range(0, task).filter(_ -> random.nextInt(8) == 0).toArray());
      slots = 1 + random.nextInt(8);
    }

    /** When the last task ends if each starts, in order, as soon as it can. */
    double makespan() {
      var running = new PriorityQueue<>(Comparator.comparingDouble(Running::end));
      boolean[] started = new boolean[seconds.length];
      boolean[] done = new boolean[seconds.length];
      double now = 0;
      for (int left = seconds.length; left > 0; left--) {
        for (int task = 0; task < seconds.length && running.size() < slots; task++) {
          if (!started[task] && Arrays.stream(blockers[task]).allMatch(blocker -> done[blocker])) {
            started[task] = true;
            running.add(new Running(task, now + seconds[task]));
          }
        }
        Running first = running.remove();
        done[first.task()] = true;
        now = first.end();
      }
      return now;
    }

    Timing timing() {
      return Timing.of(TimingTest.tasks(seconds), blockers, slots, makespan());
    }
  }

  static IntStream seeds() {
    return IntStream.range(0, 300);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void no_run_is_faster_than_its_ideal_or_its_slots(int seed) {
    Graph graph = new Graph(seed);
    Timing timing = graph.timing();
    assertThat(timing.idealSeconds()).isLessThanOrEqualTo(timing.wallSeconds() + ROUNDING);
    assertThat(timing.efficiency()).isLessThanOrEqualTo(1 + ROUNDING);
    assertThat(timing.speedup()).isBetween(1 - ROUNDING, graph.slots + ROUNDING);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void a_list_schedule_takes_at_most_twice_its_ideal(int seed) {
    Timing timing = new Graph(seed).timing();
    assertThat(timing.wallSeconds()).isLessThanOrEqualTo(2 * timing.idealSeconds() + ROUNDING);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void the_critical_path_lies_between_the_longest_task_and_the_sum(int seed) {
    Graph graph = new Graph(seed);
    Timing timing = graph.timing();
    double longest = Arrays.stream(graph.seconds).max().orElseThrow();
    assertThat(timing.criticalPathSeconds())
        .isBetween(longest, timing.sequentialSeconds() + ROUNDING);
  }
}

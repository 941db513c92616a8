package dev.braid.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.braid.task.TaskId;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TimingTest {
  @Test
  void independent_tasks_are_bound_by_the_slots() {
    var timing = Timing.of(tasks(3, 3, 3, 3), new int[4][0], 2, 8);
    assertThat(timing).isEqualTo(new Timing(8, 12, 3, 6, 1.5, 0.75, 4));
  }

  @Test
  void a_chain_is_bound_by_itself() {
    int[][] blockers = {{}, {0}, {1}};
    var timing = Timing.of(tasks(1, 2, 3), blockers, 8, 6);
    assertThat(timing).isEqualTo(new Timing(6, 6, 6, 6, 1, 1, 0));
  }

  @Test
  void the_critical_path_is_the_longest_of_a_diamond_in_any_order() {
    int[][] blockers = {{2, 1}, {3}, {3}, {}};
    assertThat(Timing.of(tasks(1, 5, 2, 1), blockers, 4, 7).criticalPathSeconds()).isEqualTo(7);
  }

  @Test
  void a_blocker_named_twice_is_one() {
    int[][] blockers = {{}, {0, 0}};
    assertThat(Timing.of(tasks(1, 2), blockers, 4, 3).criticalPathSeconds()).isEqualTo(3);
  }

  @Test
  void nothing_is_saved_when_it_took_longer() {
    assertThat(Timing.of(tasks(1, 1), new int[2][0], 2, 5).savedSeconds()).isZero();
  }

  @Test
  void a_run_of_nothing_has_no_gain_and_no_infinity() {
    assertThat(Timing.of(List.of(), new int[0][], 4, 0)).isEqualTo(new Timing(0, 0, 0, 0, 1, 1, 0));
    assertThat(Timing.of(tasks(0, 0), new int[2][0], 4, 0).speedup()).isEqualTo(1);
  }

  @Test
  void a_long_chain_takes_no_stack() {
    int count = 200_000;
    int[][] blockers =
        IntStream.range(0, count)
            .mapToObj(task -> task == 0 ? new int[0] : new int[] {task - 1})
            .toArray(int[][]::new);
    double[] seconds = new double[count];
    Arrays.fill(seconds, 0.5);
    assertThat(Timing.of(tasks(seconds), blockers, 2, 100_000).criticalPathSeconds())
        .isEqualTo(100_000, within(1e-3));
  }

  @Test
  void what_cannot_be_measured_is_refused() {
    int[][] cycle = {{1}, {0}};
    assertThatThrownBy(() -> Timing.of(tasks(1, 1), cycle, 1, 2)).hasMessageContaining("cycle");
    assertThatThrownBy(() -> Timing.of(tasks(1), new int[2][0], 1, 2))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Timing.of(tasks(1), new int[1][0], 0, 2))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Timing.of(tasks(1), new int[1][0], 1, Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> tasks(-1)).isInstanceOf(IllegalArgumentException.class);
  }

  static List<Measured> tasks(double... seconds) {
    return IntStream.range(0, seconds.length)
        .mapToObj(task -> new Measured(new TaskId("t" + task), seconds[task]))
        .toList();
  }
}

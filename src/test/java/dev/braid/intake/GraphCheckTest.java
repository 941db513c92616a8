package dev.braid.intake;

import static dev.braid.intake.TaskFileTest.refusal;
import static dev.braid.intake.TaskFileTest.tasks;
import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.task.Limits;
import dev.braid.task.Needs;
import dev.braid.task.Task;
import dev.braid.task.TaskId;
import dev.braid.task.Work;
import dev.braid.task.WorkerOptions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class GraphCheckTest {
  @Test
  void a_cycle_is_printed_whole() {
    assertThat(GraphCheck.problem(List.of(task("a", "b"), task("b", "c"), task("c", "a"))))
        .contains("task a: blockedBy: waits in a cycle: a -> b -> c -> a");
  }

  @Test
  void a_cycle_is_found_behind_tasks_that_are_not_on_it() {
    var tasks = List.of(task("x", "y"), task("y", "b"), task("a", "b"), task("b", "a"), task("z"));

    assertThat(GraphCheck.cycles(tasks)).containsExactly(ids("a", "b"));
  }

  @Test
  void a_task_that_waits_for_itself_is_a_cycle() {
    assertThat(GraphCheck.cycles(List.of(task("a", "a")))).containsExactly(ids("a"));
  }

  @Test
  void a_diamond_is_no_cycle() {
    var tasks = List.of(task("a", "b", "c"), task("b", "d"), task("c", "d"), task("d"));

    assertThat(GraphCheck.problem(tasks)).isEmpty();
  }

  @Test
  void each_cycle_is_found() {
    var tasks = List.of(task("a", "b"), task("b", "a"), task("c", "d"), task("d", "c", "a"));

    assertThat(GraphCheck.cycles(tasks)).containsExactly(ids("a", "b"), ids("c", "d"));
  }

  @Test
  void blockers_that_are_not_there_count_as_done_for_cycles() {
    assertThat(GraphCheck.cycles(List.of(task("a", "gone")))).isEmpty();
  }

  @Test
  void a_cycle_of_twenty_is_shown_whole() {
    assertThat(GraphCheck.shown(ring(20).getFirst())).doesNotContain("...").endsWith("t19 -> t0");
  }

  @Test
  void a_long_cycle_is_cut_in_the_middle() {
    assertThat(GraphCheck.shown(ring(5_000).getFirst()))
        .isEqualTo(
            "waits in a cycle: t0 -> t1 -> t2 -> t3 -> t4 -> t5 -> t6 -> t7 -> t8 -> t9"
                + " -> ... 4,980 more ... -> t4990 -> t4991 -> t4992 -> t4993 -> t4994 -> t4995"
                + " -> t4996 -> t4997 -> t4998 -> t4999 -> t0");
  }

  @Test
  @Timeout(20)
  void a_chain_of_100_000_tasks_is_accepted() {
    assertThat(tasks(chain(100_000, ""))).hasSize(100_000);
  }

  @Test
  @Timeout(20)
  void a_cycle_through_100_000_tasks_is_found() {
    assertThat(refusal(chain(100_000, "99999")))
        .startsWith("task 0: blockedBy: waits in a cycle: 0 -> 99999 -> 99998 -> ");
  }

  @Test
  @Timeout(20)
  void a_million_edges_are_checked() {
    var layer = IntStream.range(0, 1_000).mapToObj(i -> "a" + i).toArray(String[]::new);
    var tasks =
        IntStream.range(0, 2_000)
            .mapToObj(i -> i < 1_000 ? task("a" + i) : task("b" + i, layer))
            .toList();

    assertThat(GraphCheck.problem(tasks)).isEmpty();
  }

  @Test
  @Timeout(20)
  void many_small_cycles_cost_no_more_than_one_large_one() {
    var tasks = IntStream.range(0, 100_000).mapToObj(i -> task("t" + i, "t" + (i ^ 1))).toList();

    assertThat(GraphCheck.cycles(tasks)).hasSize(50_000);
  }

  static Task task(String id, String... blockedBy) {
    return new Task(
        new TaskId(id),
        id,
        null,
        new Work(null, "p", null, Map.of()),
        ids(blockedBy),
        List.of(),
        false,
        null,
        null,
        Limits.NONE,
        Needs.NOTHING,
        WorkerOptions.DEFAULT);
  }

  private static List<List<TaskId>> ring(int size) {
    return GraphCheck.cycles(
        IntStream.range(0, size).mapToObj(i -> task("t" + i, "t" + (i + 1) % size)).toList());
  }

  private static String chain(int length, String blockerOfFirst) {
    var json = new StringBuilder("[");
    for (int i = 0; i < length; i++) {
      String blocker = i == 0 ? blockerOfFirst : String.valueOf(i - 1);
      json.append(i == 0 ? "" : ",")
          .append("{'id':")
          .append(i)
          .append(",'prompt':'x','blockedBy':[");
      json.append(blocker).append("]}");
    }
    return json.append(']').toString();
  }

  private static List<TaskId> ids(String... ids) {
    return Arrays.stream(ids).map(TaskId::new).toList();
  }
}

package dev.braid.plan;

import static dev.braid.plan.TaskDraft.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ListScheduleTest {
  @Test
  void the_longest_remaining_path_starts_first() {
    var graph =
        graph(
            task("short").takes(2),
            task("other").takes(2),
            task("first").takes(1),
            task("second").takes(3).after("first"));

    assertThat(ListSchedule.makespan(graph, 2)).isEqualTo(4);
  }

  @Test
  void a_task_starts_when_its_blockers_are_done_not_when_a_wave_is() {
    var graph =
        graph(task("slow").takes(10), task("quick").takes(1), task("next").takes(9).after("quick"));

    assertThat(ListSchedule.makespan(graph, 2)).isEqualTo(10);
  }

  @Test
  void a_resource_intensive_task_runs_alone() {
    var graph =
        graph(task("wide").takes(5).takesAllSlots(), task("b").takes(3), task("c").takes(3));

    assertThat(ListSchedule.makespan(graph, 4)).isEqualTo(8);
  }

  @Test
  void nothing_overtakes_a_resource_intensive_task_that_waits() {
    var graph =
        graph(
            task("running").takes(10),
            task("wide").takes(6).takesAllSlots(),
            task("small").takes(5));

    assertThat(ListSchedule.makespan(graph, 2)).isEqualTo(21);
  }

  @Test
  void tasks_that_take_no_time_end_at_once() {
    var graph = graph(task("a").takes(0), task("b").takes(0).after("a"));

    assertThat(ListSchedule.makespan(graph, 1)).isZero();
  }

  @Test
  void no_slots_are_refused() {
    var graph = graph(task("a"));

    assertThatThrownBy(() -> ListSchedule.makespan(graph, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static TaskGraph graph(TaskDraft... drafts) {
    return Planner.plan(
            TaskDraft.tasks(drafts), new PlanSettings(true, 3, 1.5, 2), PastDurations.NONE)
        .graph();
  }
}

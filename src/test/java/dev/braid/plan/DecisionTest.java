package dev.braid.plan;

import static dev.braid.plan.TaskDraft.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.task.TaskType;
import org.junit.jupiter.api.Test;

/** The rules in the order in which they are asked. */
class DecisionTest {
  private static final TaskDraft A = task("a").type(TaskType.TESTING);
  private static final TaskDraft B = task("b").type(TaskType.TESTING);
  private static final TaskDraft C = task("c").type(TaskType.TESTING);

  @Test
  void disabled_comes_first() {
    assertThat(decide(new PlanSettings(false, 3, 1.5, 10), A))
        .isEqualTo(new Decision(false, "parallel execution is disabled"));
  }

  @Test
  void too_few_tasks_run_one_after_another() {
    assertThat(decide(A, B)).isEqualTo(new Decision(false, "2 tasks, fewer than 3"));
    assertThat(decide(A)).isEqualTo(new Decision(false, "1 task, fewer than 3"));
  }

  @Test
  void a_single_task_has_nothing_beside_it() {
    assertThat(decide(new PlanSettings(true, 0, 1.5, 10), A).parallel()).isFalse();
    assertThat(decide(new PlanSettings(true, 0, 0, 10)).parallel()).isFalse();
  }

  @Test
  void a_chain_runs_one_after_another() {
    assertThat(decide(A, B.after("a"), C.after("b")))
        .isEqualTo(new Decision(false, "every task waits for another: 3 waves of one task"));
  }

  @Test
  void a_low_speedup_is_not_worth_it() {
    assertThat(decide(A.takes(100), B.takes(10), C.takes(10)))
        .isEqualTo(new Decision(false, "speed-up 1.2 is below 1.5"));
  }

  @Test
  void a_speedup_just_below_the_threshold_is_never_shown_as_the_threshold() {
    assertThat(decide(A.takes(1000), B.takes(250), C.takes(249.9)).reason())
        .isEqualTo("speed-up 1.49 is below 1.5");
  }

  @Test
  void a_speedup_at_the_threshold_is_enough() {
    assertThat(decide(A.takes(0.3), B.takes(0.1), C.takes(0.05)).parallel()).isTrue();
  }

  @Test
  void one_slot_gains_nothing() {
    assertThat(decide(new PlanSettings(true, 3, 1.5, 1), A, B, C))
        .isEqualTo(new Decision(false, "speed-up 1.0 is below 1.5"));
  }

  @Test
  void tasks_of_one_type_run_in_parallel() {
    assertThat(decide(A, B, C))
        .isEqualTo(new Decision(true, "homogeneous: 3 tasks of type testing, speed-up 3.0"));
  }

  @Test
  void mixed_tasks_with_a_high_speedup_run_in_parallel() {
    assertThat(decide(A, B, C.type(TaskType.BUILD)))
        .isEqualTo(new Decision(true, "speed-up 3.0 of mixed tasks is at least 2.0"));
  }

  @Test
  void mixed_tasks_with_a_low_speedup_do_not() {
    assertThat(decide(A.takes(10), B.takes(4), C.takes(4).type(TaskType.BUILD)))
        .isEqualTo(new Decision(false, "mixed tasks with low speed-up: 1.8 is below 2.0"));
  }

  private static Decision decide(TaskDraft... drafts) {
    return decide(new PlanSettings(true, 3, 1.5, 10), drafts);
  }

  private static Decision decide(PlanSettings settings, TaskDraft... drafts) {
    return Planner.plan(TaskDraft.tasks(drafts), settings, PastDurations.NONE).decision();
  }
}

package dev.braid.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.task.Task;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Plans stay near linear, whatever shape a hundred thousand tasks have. */
class ScaleTest {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final PlanSettings SETTINGS = new PlanSettings(true, 3, 1.5, 10);
  private static final int MANY = 100_000;
  private static final int FEWER = 10_000;

  /** How much longer one task may take among many: caches and logarithms, but no square. */
  private static final double FLAT = 3;

  /** Of few tasks and of many in turn; the fastest plan of each counts, as other work disturbs. */
  private static final int ROUNDS = 5;

  @Test
  void a_chain_of_100_000_tasks_is_planned() {
    Plan plan = plan(made(MANY, i -> i == 0 ? named(i) : named(i).after(name(i - 1))));

    assertThat(plan.waves()).hasSize(MANY);
    assertThat(plan.criticalPath().tasks()).hasSize(MANY);
    assertThat(plan.decision().reason()).startsWith("every task waits for another");
  }

  @Test
  void a_chain_that_is_listed_backwards_is_planned() {
    Plan plan = plan(made(MANY, i -> i == MANY - 1 ? named(i) : named(i).after(name(i + 1))));

    assertThat(plan.waves()).hasSize(MANY);
  }

  @Test
  void a_wave_of_100_000_tasks_is_planned() {
    Plan plan = plan(made(MANY, ScaleTest::named));

    assertThat(plan.waves()).hasSize(1);
    assertThat(plan.estimate().speedup()).isEqualTo(10);
  }

  @Test
  void a_resource_that_100_000_tasks_write_orders_them_in_one_line() {
    Plan plan = plan(made(MANY, i -> named(i).holds("lock:one")));

    assertThat(plan.waves()).hasSize(MANY);
    assertThat(plan.conflicts()).hasSize(MANY - 1);
  }

  @Test
  void readers_between_two_writers_cost_two_edges_each() {
    Plan plan =
        plan(made(MANY, i -> named(i).holds(i % (MANY - 1) == 0 ? "lock:one" : "read:lock:one")));

    assertThat(plan.waves()).hasSize(3);
    assertThat(plan.conflicts()).hasSize(2 * (MANY - 2));
  }

  @Test
  void tasks_that_take_every_slot_run_one_by_one() {
    Plan plan = plan(made(MANY, i -> named(i).takesAllSlots()));

    assertThat(plan.estimate().speedup()).isEqualTo(1);
    assertThat(plan.waves()).hasSize(1);
    assertThat(plan.decision().reason()).isEqualTo("speed-up 1.0 is below 1.5");
  }

  @Test
  void conflicts_far_apart_in_a_long_chain_do_not_take_the_square_of_its_length() {
    Plan plan =
        plan(
            made(
                MANY,
                i -> {
                  var draft = named(i).holds("lock:" + i % 2_000);
                  return i == 0 ? draft : draft.after(name(i - 1));
                }));

    assertThat(plan.waves()).hasSize(MANY);
    assertThat(plan.warnings()).anyMatch(warning -> warning.contains("longer path"));
  }

  @Test
  void the_time_a_task_takes_to_plan_is_flat() {
    assertThat(growth(graph(FEWER), graph(MANY))).isLessThan(FLAT);
  }

  @Test
  void the_time_a_task_takes_to_read_is_flat() {
    assertThat(growth(made(FEWER, ScaleTest::worded), made(MANY, ScaleTest::worded)))
        .isLessThan(FLAT);
  }

  /** How many times longer a task takes among many. */
  private static double growth(List<Task> fewer, List<Task> many) {
    double shortest = Double.MAX_VALUE;
    double longest = Double.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      for (int plan = 0; plan < MANY / FEWER; plan++) {
        shortest = Math.min(shortest, secondsPerTask(fewer));
      }
      longest = Math.min(longest, secondsPerTask(many));
    }
    return longest / shortest;
  }

  /** Of processor time: how many others wait for the processors is no matter. */
  private static double secondsPerTask(List<Task> tasks) {
    long start = THREADS.getCurrentThreadCpuTime();
    Plan plan = plan(tasks);
    long nanos = THREADS.getCurrentThreadCpuTime() - start;
    assertThat(plan.graph().size()).isEqualTo(tasks.size());
    return nanos / 1e9 / tasks.size();
  }

  /** At most ten blockers a task, five on average. */
  private static List<Task> graph(int size) {
    return RandomGraphs.of(size, 100).withBlockers(10).withResources(size / 4).tasks(7);
  }

  private static TaskDraft worded(int i) {
    return named(i)
        .subject("Update the settings of service-" + i)
        .prompt(
            "You know Spring Boot well. Read docs/settings.md, then update"
                + " services/service-%d/application.yml:\n\n- set the timeout to 30 s;\n- rename"
                    .formatted(i)
                + " the pool. Do not change pom.xml. Return what you did.");
  }

  private static TaskDraft named(int i) {
    return TaskDraft.task(name(i));
  }

  private static String name(int i) {
    return RandomGraphs.name(i);
  }

  private static List<Task> made(int size, IntFunction<TaskDraft> draft) {
    return IntStream.range(0, size).mapToObj(draft).map(TaskDraft::build).toList();
  }

  private static Plan plan(List<Task> tasks) {
    return Planner.plan(tasks, SETTINGS, PastDurations.NONE);
  }
}

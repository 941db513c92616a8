package dev.braid.bench;

import dev.braid.plan.PastDurations;
import dev.braid.plan.Plan;
import dev.braid.plan.PlanSettings;
import dev.braid.plan.Planner;
import dev.braid.task.Task;
import java.io.IOException;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Makes the plan of a list of tasks. */
@State(Scope.Thread)
public class PlanBenchmark {
  private static final PlanSettings SETTINGS = new PlanSettings(true, 3, 1.5, 10);

  @Param("10000")
  public int size;

  private List<Task> tasks = List.of();

  @Setup
  public void read() throws IOException {
    tasks = Work.tasks(size);
  }

  @Benchmark
  public Plan plan() {
    return Planner.plan(tasks, SETTINGS, PastDurations.NONE);
  }
}

package dev.braid.hook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.config.Places;
import dev.braid.config.Settings;
import dev.braid.plan.TaskDraft;
import dev.braid.task.Task;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlansTest {
  @TempDir private Path root = Path.of("");

  private final AtomicLong nanos = new AtomicLong();
  private final List<Task> tasks =
      List.of(TaskDraft.task("1").build(), TaskDraft.task("2").build());

  private Settings settings() {
    return Settings.defaults(new Places(root));
  }

  @Test
  void the_same_tasks_are_planned_once() {
    var plans = new Plans(new Places(root), nanos::get);

    assertThat(plans.plan(tasks, settings())).isSameAs(plans.plan(tasks, settings()));
    assertThat(plans.hitRate()).isEqualTo(0.5);
  }

  @Test
  void a_plan_that_nobody_asks_for_is_forgotten() {
    var plans = new Plans(new Places(root), nanos::get);
    var first = plans.plan(tasks, settings());
    nanos.addAndGet(Duration.ofMinutes(11).toNanos());

    assertThat(plans.plan(tasks, settings())).isNotSameAs(first);
    assertThat(plans.hitRate()).isZero();
  }
}

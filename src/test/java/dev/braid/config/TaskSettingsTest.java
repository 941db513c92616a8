package dev.braid.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.braid.task.Limits;
import dev.braid.task.Needs;
import dev.braid.task.Task;
import dev.braid.task.TaskId;
import dev.braid.task.TaskType;
import dev.braid.task.Work;
import dev.braid.task.WorkerOptions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TaskSettingsTest {
  @Test
  void a_task_without_wishes_has_the_general_settings() {
    var task = task(Limits.NONE, Needs.NOTHING, WorkerOptions.DEFAULT);
    assertThat(TaskSettings.of(Settings.DEFAULTS, task, TaskType.BUILD))
        .isEqualTo(
            new TaskSettings(
                600,
                3,
                2,
                null,
                null,
                Settings.DEFAULTS.allowedTools().getOrDefault("build", List.of()),
                null,
                Context.AUTO,
                Isolation.AUTO));
  }

  @Test
  void the_own_fields_of_a_task_win() {
    var task =
        task(
            new Limits(1.5, 0, 0.25),
            new Needs(null, null, List.of(), "expert", null, List.of()),
            new WorkerOptions("small", List.of("Read"), "plan", "fresh", "none"));
    assertThat(TaskSettings.of(Settings.DEFAULTS, task, TaskType.BUILD))
        .isEqualTo(
            new TaskSettings(
                1.5,
                1,
                0.25,
                "small",
                "expert",
                List.of("Read"),
                "plan",
                Context.FRESH,
                Isolation.NONE));
  }

  @Test
  void isolation_is_that_of_the_task_else_of_its_type_else_of_all() {
    Settings settings =
        Settings.DEFAULTS
            .with(Setting.ISOLATION, TextNode.valueOf("worktree"))
            .with(
                Setting.ISOLATION_BY_TYPE,
                JsonNodeFactory.instance.objectNode().put("testing", "none"));
    var silent = task(Limits.NONE, Needs.NOTHING, WorkerOptions.DEFAULT);
    var own = new WorkerOptions(null, List.of(), null, null, "auto");
    var outspoken = task(Limits.NONE, Needs.NOTHING, own);
    assertThat(TaskSettings.of(settings, outspoken, TaskType.TESTING).isolation())
        .isEqualTo(Isolation.AUTO);
    assertThat(TaskSettings.of(settings, silent, TaskType.TESTING).isolation())
        .isEqualTo(Isolation.NONE);
    assertThat(TaskSettings.of(settings, silent, TaskType.BUILD).isolation())
        .isEqualTo(Isolation.WORKTREE);
  }

  private static Task task(Limits limits, Needs needs, WorkerOptions options) {
    return new Task(
        new TaskId("a"),
        "a",
        null,
        new Work(null, "do it", null, Map.of()),
        List.of(),
        List.of(),
        false,
        null,
        null,
        limits,
        needs,
        options);
  }
}

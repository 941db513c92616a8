package dev.braid.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.braid.fuzz.Bounds;
import dev.braid.fuzz.Lines;
import dev.braid.task.Task;
import dev.braid.task.Work;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

class TaskFileFuzz {
  @FuzzTest
  void any_bytes_are_tasks_that_can_be_run_or_a_line_that_says_why_not(byte[] bytes)
      throws IOException {
    switch (Bounds.within(() -> TaskFile.read(bytes))) {
      case Intake.Refused(String problem) -> Lines.assertFit(problem);
      case Intake.Accepted(List<Task> tasks, List<String> warnings) -> {
        warnings.forEach(Lines::assertFit);
        assertThat(GraphCheck.problem(tasks)).isEmpty();
        assertThat(reread(tasks))
            .isEqualTo(
                new Intake.Accepted(
                    tasks.stream().map(TaskFileFuzz::withoutVariables).toList(), List.of()));
      }
    }
  }

  private static Intake reread(List<Task> tasks) {
    var written = JsonNodeFactory.instance.arrayNode();
    tasks.forEach(task -> written.add(TaskJson.write(task)));
    return TaskFile.read(written.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** Variables may be secrets and are not written. */
  private static Task withoutVariables(Task task) {
    var work = new Work(task.work().command(), task.work().prompt(), task.work().cwd(), Map.of());
    return new Task(
        task.id(),
        task.subject(),
        task.declaredType(),
        work,
        task.blockedBy(),
        task.resources(),
        task.resourceIntensive(),
        task.estimateSeconds(),
        task.serviceName(),
        task.limits(),
        task.needs(),
        task.options());
  }
}

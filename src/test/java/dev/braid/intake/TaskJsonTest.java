package dev.braid.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.junit.jupiter.api.Test;

class TaskJsonTest {
  @Test
  void variables_are_never_written() {
    var task = TaskFileTest.task("'command':'x','env':{'TOKEN':'s3cret'}");

    assertThat(TaskJson.write(task).toString()).doesNotContain("env", "TOKEN", "s3cret");
  }

  @Test
  void what_was_not_said_is_not_written() {
    assertThat(TaskJson.write(TaskFileTest.task("'prompt':'p'")))
        .hasToString("{\"id\":\"t\",\"subject\":\"t\",\"prompt\":\"p\"}");
  }

  @Test
  void one_task_is_read_without_its_blockers() {
    var node = JsonNodeFactory.instance.objectNode().put("id", "a").put("prompt", "p");
    node.putArray("blockedBy").add("elsewhere");

    assertThat(TaskJson.read(node))
        .isInstanceOfSatisfying(
            Intake.Accepted.class,
            accepted -> assertThat(accepted.tasks().getFirst().blockedBy()).hasSize(1));
  }

  @Test
  void one_task_without_an_id_is_refused() {
    assertThat(TaskJson.read(JsonNodeFactory.instance.objectNode()))
        .isEqualTo(new Intake.Refused("task: id is missing"));
  }
}

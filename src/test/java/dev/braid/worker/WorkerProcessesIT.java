package dev.braid.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.cli.BraidProcess;
import dev.braid.cli.Ended;
import dev.braid.cli.Eventually;
import dev.braid.cli.LivingProcesses;
import dev.braid.cli.TaskDocument;
import dev.braid.store.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What becomes of the processes of workers, and of what these start in sessions of their own. */
@Execution(ExecutionMode.CONCURRENT)
class WorkerProcessesIT {
  private static final int TASKS_FAILED = 1;
  private static final int KILLED = 128 + 9;
  private static final Answer LASTING_CHILD =
      Answer.tool(
          "Bash",
          Json.object()
              .put("command", "echo $$ > child; exec tail -f /dev/null")
              .put("description", "Waits"));

  @RegisterExtension final ClaudeLab lab = new ClaudeLab();

  private StubApi.Condition asked() {
    return lab.stub().when(request -> request.prompt().contains("TASK-a\n"));
  }

  private static ObjectNode bashTask() {
    ObjectNode task = PromptTask.of("a");
    task.putArray("allowed_tools").add("Bash");
    return task;
  }

  private BraidProcess start(ObjectNode... tasks) throws IOException {
    lab.root().write("tasks.json", TaskDocument.of(tasks));
    return lab.root().start("run", "--force", "tasks.json");
  }

  private long child() throws IOException {
    long pid = Eventually.pid(lab.root().work().resolve("child"));
    assertThat(LivingProcesses.isAlive(pid)).isTrue();
    return pid;
  }

  private void assertGone(long child, String failure) throws IOException {
    assertThat(LivingProcesses.isAlive(child)).isFalse();
    assertThat(LivingProcesses.startedWith("BRAID_RUN_ID=" + lab.root().runId())).isEmpty();
    assertThat(lab.root().result("a").path("failure").asText()).isEqualTo(failure);
  }

  @Test
  void what_a_worker_started_ends_with_its_timeout() throws IOException {
    asked().answer(LASTING_CHILD);
    BraidProcess braid = start(bashTask().put("timeout_seconds", 20));
    long child = child();

    braid.await().expectExit(TASKS_FAILED);

    assertGone(child, "timeout");
  }

  @Test
  void what_a_worker_started_ends_when_it_is_cancelled() throws IOException {
    asked().answer(LASTING_CHILD);
    BraidProcess braid = start(bashTask());
    long child = child();

    lab.root().run("cancel", lab.root().runId()).expectExit(0);

    braid.await().expectExit(TASKS_FAILED);
    assertGone(child, "cancelled");
  }

  @Test
  void what_a_worker_started_ends_with_its_timeout_under_the_next_owner() throws IOException {
    asked().answer(LASTING_CHILD);
    BraidProcess braid = start(bashTask().put("timeout_seconds", 25));
    long child = child();
    braid.kill().expectExit(KILLED);
    assertThat(LivingProcesses.isAlive(child)).isTrue();

    lab.root().run("resume").expectExit(TASKS_FAILED);

    assertGone(child, "timeout");
    assertThat(lab.root().result("a").path("attempts").asInt()).isEqualTo(1);
  }

  @Test
  void what_a_killed_worker_left_is_ended_before_it_is_started_again() throws IOException {
    asked().answerInTurn(LASTING_CHILD, PromptTask.done("in the end"));
    BraidProcess braid = start(bashTask());
    long child = child();
    braid.kill().expectExit(KILLED);
    for (long pid : LivingProcesses.startedWith("BRAID_RUN_ID=" + lab.root().runId())) {
      if (Files.readString(Path.of("/proc/" + pid + "/comm")).startsWith("claude")) {
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
      }
    }
    assertThat(LivingProcesses.isAlive(child)).isTrue();

    lab.root().run("resume").expectExit(0);

    assertGone(child, "null");
    assertThat(lab.root().result("a").path("attempts").asInt()).isEqualTo(2);
  }

  @Test
  void five_workers_are_adopted_and_nobody_is_asked_twice() throws IOException {
    Files.createDirectories(lab.root().configFile().resolveSibling("."));
    Files.writeString(lab.root().configFile(), "{\"ramp_seconds\": 0, \"min_free_memory_mb\": 0}");
    ObjectNode[] tasks =
        List.of("t1", "t2", "t3", "t4", "t5").stream()
            .map(PromptTask::of)
            .toArray(ObjectNode[]::new);
    lab.stub().when(request -> !isHeld(request)).answer(PromptTask.done("undisturbed"));
    start(tasks).await().expectExit(0);
    int undisturbed = lab.stub().requestsAbout("TASK-").size();
    for (ObjectNode task : tasks) {
      task.put("prompt", "TASK-HELD-" + task.path("id").asText());
    }
    var gate = new CountDownLatch(1);
    lab.stub().when(WorkerProcessesIT::isHeld).answer(PromptTask.done("kept").behind(gate));
    BraidProcess braid = start(tasks);
    Eventually.holds(
        "all five ask", () -> lab.stub().requestsAbout("TASK-HELD").size() == tasks.length);

    braid.kill().expectExit(KILLED);
    BraidProcess resumed = lab.root().start("resume");
    Eventually.holds("the run is taken up", () -> resumed.err().contains("taken up"));
    gate.countDown();

    resumed.await().expectExit(0);
    for (ObjectNode task : tasks) {
      JsonNode result = result(task.path("id").asText());
      assertThat(result.path("output").asText()).isEqualTo("kept");
      assertThat(result.path("attempts").asInt()).isEqualTo(1);
    }
    assertThat(lab.stub().requestsAbout("TASK-HELD")).hasSize(undisturbed);
  }

  private static boolean isHeld(ApiRequest request) {
    return request.prompt().contains("HELD");
  }

  /** Of the newest run. */
  private JsonNode result(String task) throws IOException {
    Path run = lab.root().runFolders().getLast();
    return Ended.json(Files.readString(run.resolve("tasks").resolve(task).resolve("result.json")));
  }
}

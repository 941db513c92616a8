package dev.braid.crash;

import static dev.braid.apart.GitRoot.saysSecond;
import static dev.braid.apart.GitRoot.task;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.braid.apart.GitRoot;
import dev.braid.cli.TaskDocument;
import dev.braid.cli.TempRoot;
import dev.braid.store.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Commands that write in worktrees of one repository; their work comes into the user's tree. */
final class WorktreeScene extends AloneScene {
  private static final List<TaskSpec> TASKS = List.of(spec("ta"), spec("tb"), spec("tc", "ta"));

  private final GitRoot repository;
  private String kept = "";

  WorktreeScene(SplittableRandom random) {
    this(random, new GitRoot());
  }

  private WorktreeScene(SplittableRandom random, GitRoot repository) {
    super(random, repository.root());
    this.repository = repository;
  }

  private static TaskSpec spec(String id, String... blockers) {
    return new TaskSpec(id, List.of(blockers), "out of " + id + "\n", false);
  }

  @Override
  void prepare() throws Exception {
    repository.begin();
    TempRoot root = root();
    root.write("gone.txt", "gone\n");
    root.write("mine.txt", "mine\n");
    kept = repository.kept();
    String nap = "sleep 0.%03d".formatted(random.nextInt(20, 200));
    root.write(
        "../graph.json",
        TaskDocument.of(
            task("ta", command("ta", nap + "; echo a > a.txt; rm gone.txt")),
            task("tb", command("tb", nap + "; " + saysSecond("two by b"))),
            task("tc", command("tc", "mkdir deep; echo c > deep/c.txt"), "ta")));
  }

  private String command(String id, String work) {
    return CommandGraph.command(root(), id, work);
  }

  @Override
  String file() {
    return "../graph.json";
  }

  @Override
  List<TaskSpec> tasks() {
    return TASKS;
  }

  @Override
  void check() throws Exception {
    super.check();
    if (began(root())) {
      expect("ta", "a.txt", "a\n", "");
      expect("ta", "gone.txt", "", "gone\n");
      expect("tb", "shared.txt", "one\ntwo by b\nthree\n", "one\ntwo\nthree\n");
      expect("tc", "deep/c.txt", "c\n", "");
    }
    assertThat(root().read("mine.txt")).isEqualTo("mine\n");
    assertThat(repository.kept()).as("what is the user's own in git").isEqualTo(kept);
    assertThat(repository.worktrees()).isEmpty();
    assertThat(repository.git("fsck", "--no-progress", "--no-dangling").out()).isEmpty();
    assertRefsAreThoseOfFailedWork();
  }

  /** What a task did that failed is kept for the person; nothing else is. */
  private void assertRefsAreThoseOfFailedWork() throws IOException {
    var kept = new ArrayList<String>();
    for (TaskSpec task : TASKS) {
      JsonNode result = began(root()) ? root().result(task.id()) : Json.object();
      if (result.has("commit") && !result.path("status").asText().equals("success")) {
        kept.add(
            result.path("commit").asText()
                + " commit\trefs/braid/runs/"
                + root().runId()
                + "/tasks/"
                + task.id());
      }
    }
    List<String> refs = repository.git("for-each-ref", "refs/braid/runs").out().lines().toList();
    if (kept.isEmpty()) {
      assertThat(refs).isEmpty();
    } else {
      assertThat(refs.stream().filter(ref -> ref.contains("/tasks/")).toList()).isEqualTo(kept);
    }
  }

  /** All of the work of a task stands in the tree, or none of it. */
  private void expect(String task, String file, String after, String before) throws IOException {
    boolean isDone = root().result(task).path("status").asText().equals("success");
    assertThat(root().read(file)).as("%s by %s", file, task).isEqualTo(isDone ? after : before);
  }
}

package dev.braid.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.cli.TaskDocument;
import dev.braid.store.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Workers that write in one repository at the same time. */
@Execution(ExecutionMode.CONCURRENT)
class IsolationIT {
  @RegisterExtension final ClaudeLab lab = new ClaudeLab();

  private static ObjectNode result(String... files) {
    ObjectNode result = Json.object().put("outcome", "done").put("summary", "done");
    List.of(files).forEach(result.putArray("files")::add);
    return result;
  }

  /** A worker that writes one file, by a name relative to its folder. */
  private void writes(String task, String file, String content) {
    lab.stub()
        .when(request -> request.prompt().contains("TASK-" + task + "\n"))
        .answer(
            Answer.tool("Write", Json.object().put("file_path", file).put("content", content)),
            Answer.structured(result(file)));
  }

  private static boolean isToSettle(ApiRequest request) {
    return request.prompt().contains("put both together in these files");
  }

  /** A worker that edits one file that it has read. */
  private void edits(String task, String file, String from, String to) {
    lab.stub()
        .when(request -> request.prompt().contains("TASK-" + task + "\n") && !isToSettle(request))
        .answer(
            Answer.tool("Read", Json.object().put("file_path", file)),
            Answer.tool(
                "Edit",
                Json.object().put("file_path", file).put("old_string", from).put("new_string", to)),
            Answer.structured(result(file)));
  }

  private String everything() {
    return lab.git("for-each-ref", "refs/heads", "refs/tags", "refs/stash").out()
        + lab.git("ls-files", "-s").out()
        + lab.git("symbolic-ref", "HEAD").out()
        + lab.git("stash", "list").out();
  }

  private List<String> worktrees() {
    return lab.git("worktree", "list", "--porcelain")
        .out()
        .lines()
        .filter(line -> line.startsWith("worktree "))
        .skip(1)
        .toList();
  }

  @Test
  void five_tasks_edit_one_repository_and_only_the_one_in_conflict_stays_out() throws IOException {
    lab.root().write("shared.txt", "one\ntwo\nthree\n");
    lab.git("add", "shared.txt");
    lab.git("commit", "-q", "-m", "Share");
    lab.root().write("README.md", "A project.\nWith words not committed.\n");
    lab.root().write("untracked.txt", "mine\n");
    writes("a", "a.txt", "a\n");
    writes("b", "deep/b.txt", "b\n");
    edits("c", "README.md", "A project.", "A good project.");
    edits("d", "shared.txt", "two", "two by d");
    edits("e", "shared.txt", "two", "two by e");
    var tasks = new ArrayList<ObjectNode>();
    for (String id : List.of("a", "b", "c", "d", "e")) {
      tasks.add(PromptTask.of(id));
    }
    lab.root().write("../tasks.json", TaskDocument.of(tasks.toArray(ObjectNode[]::new)));
    String before = everything();

    JsonNode json =
        lab.root().run("run", "--force", "--json", "../tasks.json").expectExit(1).json();

    assertThat(json.path("status").asText()).isEqualTo("partial");
    List<String> failed = new ArrayList<>();
    for (JsonNode task : json.path("tasks")) {
      if (!task.path("status").asText().equals("success")) {
        failed.add(task.path("id").asText());
        assertThat(task.path("failure").asText()).isEqualTo("conflict");
      }
    }
    assertThat(failed).hasSize(1).first().isIn("d", "e");
    String winner = failed.getFirst().equals("d") ? "e" : "d";
    assertThat(lab.root().read("shared.txt")).isEqualTo("one\ntwo by " + winner + "\nthree\n");
    assertThat(lab.root().read("README.md"))
        .isEqualTo("A good project.\nWith words not committed.\n");
    assertThat(lab.root().read("a.txt")).isEqualTo("a\n");
    assertThat(lab.root().read("deep/b.txt")).isEqualTo("b\n");
    assertThat(lab.root().read("untracked.txt")).isEqualTo("mine\n");
    JsonNode hunk = lab.root().result(failed.getFirst()).at("/conflicts/0/hunks/0");
    assertThat(hunk.path("ours").asText()).isEqualTo("two by " + winner + "\n");
    assertThat(hunk.path("theirs").asText()).isEqualTo("two by " + failed.getFirst() + "\n");
    assertThat(everything()).isEqualTo(before);
    assertThat(lab.git("fsck", "--no-progress", "--no-dangling").out()).isEmpty();
    assertThat(worktrees()).hasSize(1).first().asString().endsWith("-" + failed.getFirst());
    assertThat(lab.root().result("a").path("files").toString()).isEqualTo("[\"a.txt\"]");
    assertThat(lab.stub().complaints()).isEmpty();
  }

  @Test
  void a_task_that_follows_finds_the_work_of_those_before_it() throws IOException {
    writes("a", "a.txt", "a\n");
    writes("b", "b.txt", "b\n");
    ObjectNode check =
        Json.object().put("id", "check").put("command", "cat a.txt b.txt && echo c > c.txt");
    check.putArray("blockedBy").add("a").add("b");
    lab.root()
        .write("../tasks.json", TaskDocument.of(PromptTask.of("a"), PromptTask.of("b"), check));

    lab.root().run("run", "--force", "--json", "../tasks.json").expectExit(0);

    assertThat(lab.root().result("check").path("output").asText()).isEqualTo("a\nb\n");
    assertThat(lab.root().read("c.txt")).isEqualTo("c\n");
    assertThat(worktrees()).isEmpty();
  }

  @Test
  void a_single_writer_works_in_the_tree_itself() throws IOException {
    writes("a", "a.txt", "a\n");
    lab.root().write("../tasks.json", TaskDocument.of(PromptTask.of("a")));

    lab.root().run("run", "--force", "--json", "../tasks.json").expectExit(0);

    assertThat(lab.stub().requestsAbout("TASK-a").getFirst().prompt())
        .contains("Work in the folder " + lab.root().work() + " ");
    assertThat(Files.exists(lab.root().work().resolve("a.txt"))).isTrue();
  }

  @Test
  void a_worker_puts_both_sides_of_a_conflict_together() throws IOException {
    lab.root().write("shared.txt", "one\ntwo\nthree\n");
    lab.git("add", "shared.txt");
    lab.git("commit", "-q", "-m", "Share");
    edits("d", "shared.txt", "two", "two by d");
    edits("e", "shared.txt", "two", "two by e");
    lab.root().write("../tasks.json", TaskDocument.of(PromptTask.of("d"), PromptTask.of("e")));
    lab.root().run("run", "--force", "--json", "../tasks.json").expectExit(1);
    boolean isD = lab.root().read("shared.txt").contains("two by e");
    String loser = isD ? "d" : "e";
    lab.stub()
        .when(IsolationIT::isToSettle)
        .answer(
            Answer.tool("Read", Json.object().put("file_path", "shared.txt")),
            Answer.tool(
                "Write",
                Json.object()
                    .put("file_path", "shared.txt")
                    .put("content", "one\ntwo by both\nthree\n")),
            Answer.structured(result("shared.txt")));

    lab.root().run("resolve", lab.root().runId(), loser, "--claude").expectExit(0);

    assertThat(lab.root().read("shared.txt")).isEqualTo("one\ntwo by both\nthree\n");
    assertThat(lab.stub().requestsAbout("put both together").getFirst().prompt())
        .contains("shared.txt", "TASK-" + loser);
    assertThat(worktrees()).isEmpty();
    assertThat(lab.git("for-each-ref", "refs/braid/runs").out()).isEmpty();
  }

  @Test
  void a_worker_that_leaves_marks_has_not_settled_the_conflict() throws IOException {
    lab.root().write("shared.txt", "one\ntwo\nthree\n");
    lab.git("add", "shared.txt");
    lab.git("commit", "-q", "-m", "Share");
    edits("d", "shared.txt", "two", "two by d");
    edits("e", "shared.txt", "two", "two by e");
    lab.root().write("../tasks.json", TaskDocument.of(PromptTask.of("d"), PromptTask.of("e")));
    lab.root().run("run", "--force", "--json", "../tasks.json").expectExit(1);
    String before = lab.root().read("shared.txt");
    String loser = before.contains("two by e") ? "d" : "e";
    lab.stub().when(IsolationIT::isToSettle).answer(Answer.structured(result()));

    lab.root().run("resolve", lab.root().runId(), loser, "--claude").expectExit(1);

    assertThat(lab.root().result(loser).path("failure").asText()).isEqualTo("conflict");
    assertThat(lab.root().result(loser).path("error").asText())
        .contains("marks of both sides are left in shared.txt");
    assertThat(lab.root().read("shared.txt")).isEqualTo(before);
    lab.root().run("resolve", lab.root().runId(), loser, "--theirs").expectExit(0);
    assertThat(lab.root().read("shared.txt")).isEqualTo("one\ntwo by " + loser + "\nthree\n");
  }
}

package dev.braid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.store.Json;
import dev.braid.store.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What a daemon sees change below its root. */
@Execution(ExecutionMode.CONCURRENT)
class LookoutIT {
  @RegisterExtension final TempRoot root = new TempRoot();

  private Path dropped(String name) {
    return root.path().resolve("memory/tasks").resolve(name);
  }

  @BeforeEach
  void start() throws IOException {
    Files.createDirectories(dropped("."));
    root.run("daemon", "start").expectExit(0);
  }

  private JsonNode status() {
    return root.run("status", "--json").expectExit(0).json();
  }

  /** What {@code braid runs} knows of a source that was not run; missing when nothing. */
  private JsonNode known(String source) {
    for (JsonNode run : root.run("runs", "--json").expectExit(0).json()) {
      if (run.path("source").asText().equals(source)) {
        return run;
      }
    }
    return Json.object().path("missing");
  }

  private static String three() {
    return TaskDocument.of(
        TaskDocument.command("a", "touch started"),
        TaskDocument.command("b", "touch started"),
        TaskDocument.command("c", "touch started"));
  }

  @Test
  void a_file_that_is_dropped_gets_its_plan_and_is_never_started() throws IOException {
    Files.writeString(dropped("three.json"), three());

    Eventually.holds("it is planned", () -> known("file three.json").path("tasks").asInt() == 3);

    assertThat(known("file three.json").path("decision").path("parallel").asBoolean()).isTrue();
    assertThat(root.run("runs").expectExit(0).out()).contains("not run", "file three.json");
    assertThat(Files.readString(root.path().resolve("memory/logs/parallel-execution.log")))
        .contains("file three.json, 3 tasks: parallel");
    assertThat(root.runFolders()).isEmpty();
    Files.delete(dropped("three.json"));
    Eventually.holds("it is forgotten", () -> known("file three.json").isMissingNode());
  }

  @Test
  void a_file_that_is_half_written_is_planned_when_it_is_whole() throws IOException {
    String whole = three();
    Files.writeString(dropped("three.json"), whole.substring(0, whole.length() / 2));
    Eventually.holds(
        "its fault is told", () -> !known("file three.json").path("decision").isMissingNode());

    Files.writeString(dropped("three.json"), whole);

    Eventually.holds("it is planned", () -> known("file three.json").path("tasks").asInt() == 3);
  }

  @Test
  void what_was_dropped_while_no_daemon_ran_is_seen_at_its_start() throws IOException {
    root.run("daemon", "stop").expectExit(0);
    Files.writeString(dropped("three.json"), three());

    root.run("daemon", "start").expectExit(0);

    Eventually.holds("it is planned", () -> known("file three.json").path("tasks").asInt() == 3);
  }

  @Test
  void a_change_of_the_settings_is_in_force_by_itself() throws IOException {
    assertThat(status().path("mode").asText()).isEqualTo("delegate");

    Files.createDirectories(root.configFile().resolveSibling("."));
    Files.writeString(root.configFile(), "{\"mode\": \"advise\"}");

    Eventually.holds("it is in force", () -> status().path("mode").asText().equals("advise"));
    Files.writeString(root.configFile(), "{\"mode\": \"advice\"}");
    Eventually.holds("the fault is told", () -> status().path("problems").size() == 1);
    assertThat(status().path("mode").asText()).isEqualTo("advise");
  }

  private Path writeTask(int id) throws IOException {
    Path list = root.path().resolve("tasks/5e551011");
    Files.createDirectories(list);
    ObjectNode task =
        Json.object()
            .put("id", Integer.toString(id))
            .put("subject", "Part " + id)
            .put("description", "Do it.")
            .put("status", "pending");
    task.putArray("blocks");
    task.putArray("blockedBy");
    return Files.writeString(list.resolve(id + ".json"), Json.pretty(task));
  }

  private int tasksOfList() {
    JsonNode lists = status().path("lists");
    return lists.isEmpty() ? -1 : lists.path(0).path("tasks").asInt();
  }

  @Test
  void a_list_is_analysed_when_it_changes_and_its_notes_are_no_tasks() throws IOException {
    writeTask(1);
    writeTask(2);
    Path third = writeTask(3);
    Files.writeString(third.resolveSibling(".highwatermark"), "3");
    Eventually.holds("it is analysed", () -> tasksOfList() == 3);
    assertThat(status().path("lists").path(0).path("parallel").asBoolean()).isTrue();
    assertThat(status().path("watch").path("mode").asText()).isEqualTo("native");

    Files.delete(third);
    Eventually.holds("what went is gone", () -> tasksOfList() == 2);
    Trees.delete(third.resolveSibling(""));
    Eventually.holds("the list is gone", () -> tasksOfList() == -1);
    writeTask(1);
    Eventually.holds("it is back", () -> tasksOfList() == 1);
    assertThat(status().path("caches").path("files_not_parsed_again").asDouble())
        .isBetween(0.0, 1.0);
  }
}

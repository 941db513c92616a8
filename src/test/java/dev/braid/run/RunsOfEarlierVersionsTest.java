package dev.braid.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.process.AttemptFolder;
import dev.braid.process.Processes;
import dev.braid.process.Trace;
import dev.braid.result.Failure;
import dev.braid.result.Status;
import dev.braid.result.TaskResult;
import dev.braid.state.EarlierState;
import dev.braid.store.DurableLines;
import dev.braid.store.Journal;
import dev.braid.store.Json;
import dev.braid.store.RunFolder;
import dev.braid.task.Task;
import dev.braid.task.TaskId;
import dev.braid.task.TaskType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs that earlier versions began, ended or left are understood as they were meant. */
class RunsOfEarlierVersionsTest {
  @TempDir private Path folder;

  static List<EarlierState> versions() {
    return EarlierState.all();
  }

  @ParameterizedTest
  @MethodSource("versions")
  void each_line_of_each_journal_is_an_entry(EarlierState state) throws IOException {
    for (RunFolder run : runs(state)) {
      List<ObjectNode> lines = Journal.read(run.journal());

      assertThat(lines).hasSameSizeAs(Files.readAllLines(run.journal()));
      assertThat(lines).allSatisfy(line -> assertThat(EntryJson.read(line)).isNotNull());
    }
  }

  @Test
  void every_kind_of_entry_has_a_sample() throws IOException {
    Set<Class<?>> kinds = new HashSet<>();
    for (RunFolder run : runs(EarlierState.all().getLast())) {
      for (ObjectNode line : Journal.read(run.journal())) {
        kinds.add(Objects.requireNonNull(EntryJson.read(line)).getClass());
      }
    }

    assertThat(kinds)
        .as("let .ci/state make one")
        .containsExactlyInAnyOrder(Entry.class.getPermittedSubclasses());
  }

  @ParameterizedTest
  @MethodSource("versions")
  void what_a_run_was_asked_for_is_known(EarlierState state) throws IOException {
    RunFile file = request(state, withTask(state, "readme"));

    assertThat(file.cwd()).isEqualTo(Path.of("/home/user/project"));
    assertThat(file.decision().parallel()).isTrue();
    assertThat(file.options().slots()).isGreaterThan(1);
    assertThat(file.options().settings().claudeCommand()).isEqualTo("/home/user/bin/claude");
    assertThat(file.tasks()).extracting(task -> task.id().value()).contains("Check", "after");
    Task look = task(file, "look");
    assertThat(look.declaredType()).isEqualTo(TaskType.SEARCH);
    assertThat(look.needs().skill()).isEqualTo("code-search");
    Task after = task(file, "after");
    assertThat(after.blockedBy()).containsExactly(new TaskId("broken"), new TaskId("look"));
    assertThat(after.resources()).hasSize(2);
    RunFile ofSession = request(state, ofSession(state, EarlierState.PARKED));
    assertThat(Objects.requireNonNull(ofSession.origin()).list())
        .isEqualTo(Path.of("/home/user/.claude/tasks").resolve(EarlierState.PARKED));
  }

  @ParameterizedTest
  @MethodSource("versions")
  void a_finished_run_has_its_status_and_the_result_of_each_task(EarlierState state)
      throws IOException {
    RunFolder run = withTask(state, "readme");
    Replay replay = Replay.of(run);

    assertThat(replay.status()).contains("partial");
    assertThat(replay.wallSeconds()).isPositive();
    TaskResult readme = result(replay, "readme");
    assertThat(readme.status()).isEqualTo(Status.SUCCESS);
    assertThat(readme.costUsd()).isEqualTo(0.25);
    assertThat(readme.tokens()).isEqualTo(1_200);
    assertThat(readme.fields().at("/files/0").asText()).isEqualTo("README.md");
    TaskResult look = result(replay, "look");
    assertThat(look.attempts()).isEqualTo(2);
    assertThat(look.costUsd()).isEqualTo(0.375);
    assertThat(look.warnings()).anyMatch(warning -> warning.contains("Bash touch z"));
    assertThat(result(replay, "Check").fields().path("failed").asInt()).isEqualTo(1);
    TaskResult broken = result(replay, "broken");
    assertThat(broken.failure()).isEqualTo(Failure.EXIT);
    assertThat(broken.exitCode()).isEqualTo(3);
    assertThat(result(replay, "after").status()).isEqualTo(Status.SKIPPED);
    assertThat(replay.costUsd()).isGreaterThanOrEqualTo(1.0);
    assertThat(replay.open()).isEmpty();
    assertThat(replay.parked()).isEmpty();
    assertThat(replay.apart()).extracting(TaskId::value).contains("readme", "new");
    assertThat(Json.parseObject(Files.readString(run.merged()))).isNotNull();
    ObjectNode stored = Json.parseObject(Files.readString(run.result(new TaskId("Check"))));
    assertThat(Objects.requireNonNull(stored).path("test_count").asInt()).isEqualTo(4);
  }

  @ParameterizedTest
  @MethodSource("versions")
  void what_was_applied_and_taken_back_is_known(EarlierState state) throws IOException {
    List<Entry> entries = entries(withTask(state, "readme"));

    Entry.Applying applying = only(entries, Entry.Applying.class);
    assertThat(applying.tree()).isEqualTo(Path.of("/home/user/project"));
    assertThat(applying.changes())
        .extracting(change -> change.path())
        .containsExactlyInAnyOrder("README.md", "new.txt");
    assertThat(only(entries, Entry.Undone.class).tree()).isEqualTo(applying.tree());
    assertThat(only(entries, Entry.Reopened.class).tasks())
        .extracting(TaskId::value)
        .contains("broken", "after");
  }

  @ParameterizedTest
  @MethodSource("versions")
  void a_cancelled_run_a_parked_one_and_one_without_an_owner_are_told_apart(EarlierState state)
      throws IOException {
    assertThat(Replay.of(withTask(state, "wait")).status()).contains("cancelled");
    RunFolder parked = ofSession(state, EarlierState.PARKED);
    assertThat(Replay.of(parked).status()).isEmpty();
    assertThat(Replay.of(parked).parkedInWords().orElseThrow()).contains("Usage limit reached");
    RunFolder left = withTask(state, "b");
    assertThat(Replay.of(left).open()).containsExactly(new TaskId("b"));
    assertThat(new RunStore(state.places()).unfinished())
        .extracting(RunId::value)
        .contains(parked.runId(), left.runId());
  }

  @ParameterizedTest
  @MethodSource("versions")
  void wishes_and_environments_of_runs_are_read(EarlierState state) throws IOException {
    RunFolder left = withTask(state, "b");

    Wishes.Wish wish = Wishes.waiting(left).getFirst();

    assertThat(wish.tasks()).containsExactly(new TaskId("b"));
    assertThat(wish.grace()).hasSeconds(10);
    Path file = state.places().runtimeFolder().resolve(left.runId() + ".environment.json");
    CallerEnvironment environment = Objects.requireNonNull(CallerEnvironment.read(file));
    assertThat(environment.caller()).containsEntry("HOME", "/home/user");
    assertThat(CallerEnvironment.kept(Map.of(), state.places()))
        .extracting(CallerEnvironment.Kept::run)
        .contains(new RunId(left.runId()));
  }

  @ParameterizedTest
  @MethodSource("versions")
  void attempts_are_collected_and_lost_ones_are_seen(EarlierState state) throws IOException {
    Processes processes = Processes.ofThisSystem();
    EarlierState copy = state.copiedTo(folder);

    assertThat(inspect(processes, withTask(copy, "readme"), "broken"))
        .isInstanceOfSatisfying(
            Trace.Exited.class, exited -> assertThat(exited.code()).isEqualTo(3));
    assertThat(inspect(processes, withTask(copy, "b"), "b")).isInstanceOf(Trace.Lost.class);
  }

  @ParameterizedTest
  @MethodSource("versions")
  void sessions_are_told_what_waits_for_them(EarlierState state) throws IOException {
    EarlierState copy = state.copiedTo(folder);
    Handover told = Handover.of(copy.places(), EarlierState.TOLD);
    Handover parked = Handover.of(copy.places(), EarlierState.PARKED);
    Handover waiting = Handover.of(copy.places(), EarlierState.WAITING);

    assertThat(Handover.all(copy.places())).hasSize(3);
    assertThat(told.cwd()).isEqualTo(Path.of("/home/user/project"));
    assertThat(told.take(new FakeProcesses())).singleElement().asString().contains("3 of 3 tasks");
    assertThat(told.take(new FakeProcesses())).isEmpty();
    assertThat(parked.take(new FakeProcesses()))
        .singleElement()
        .asString()
        .contains("parked until");
    assertThat(parked.expected()).hasSize(1);
    assertThat(waiting.isAtRest()).isTrue();
    assertThat(waiting.expected()).extracting(Handover.Expected::name).allMatch(RunId::isValid);
    var processes = new FakeProcesses();
    processes.areOthersAlive = true;
    var presence = new Presence(copy.places(), processes);
    assertThat(presence.isAlive(EarlierState.WAITING)).isTrue();
    assertThat(presence.isAlive("another")).isFalse();
  }

  @ParameterizedTest
  @MethodSource("versions")
  void entries_and_fields_of_a_later_version_do_no_harm(EarlierState state) throws IOException {
    EarlierState copy = state.copiedTo(folder);
    RunFolder run = withTask(copy, "readme");
    Map<TaskId, TaskResult> before = Replay.of(run).results();
    DurableLines.append(
        run.journal(),
        List.of("{\"at\":\"2027-01-01T00:00:00Z\",\"entry\":\"of_tomorrow\",\"tasks\":[7]}"));
    ObjectNode file = Objects.requireNonNull(Json.parseObject(Files.readString(run.request())));
    file.put("of_tomorrow", 1).withObject("/options").put("of_tomorrow", true);
    Files.writeString(run.request(), Json.pretty(file));

    assertThat(Replay.of(run).results()).isEqualTo(before);
    assertThat(Replay.of(run).status()).contains("partial");
    assertThat(request(copy, run).tasks()).hasSize(file.path("tasks").size());
  }

  private static List<RunFolder> runs(EarlierState state) throws IOException {
    var store = new RunStore(state.places());
    return store.all().stream().map(store::folder).toList();
  }

  private static RunFile request(EarlierState state, RunFolder run) throws IOException {
    return new RunStore(state.places()).request(new RunId(run.runId())).orElseThrow();
  }

  private static RunFolder withTask(EarlierState state, String task) throws IOException {
    return runs(state).stream()
        .filter(run -> Files.exists(run.task(new TaskId(task))))
        .findFirst()
        .orElseThrow();
  }

  private static RunFolder ofSession(EarlierState state, String session) throws IOException {
    for (RunFolder run : runs(state)) {
      Origin origin = request(state, run).origin();
      if (origin != null && origin.session().equals(session)) {
        return run;
      }
    }
    throw new AssertionError("no run of session " + session);
  }

  private static List<Entry> entries(RunFolder run) throws IOException {
    return Journal.read(run.journal()).stream()
        .map(line -> Objects.requireNonNull(EntryJson.read(line)))
        .toList();
  }

  private static <T> T only(List<Entry> entries, Class<T> kind) {
    List<T> those = entries.stream().filter(kind::isInstance).map(kind::cast).toList();
    assertThat(those).hasSize(1);
    return those.getFirst();
  }

  private static Task task(RunFile file, String id) {
    return file.tasks().stream()
        .filter(task -> task.id().value().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private static TaskResult result(Replay replay, String task) {
    return Objects.requireNonNull(replay.results().get(new TaskId(task)));
  }

  private static Trace inspect(Processes processes, RunFolder run, String task) {
    return processes.inspect(new AttemptFolder(run.attempt(new TaskId(task), 1)), "none");
  }
}

package dev.braid.cli;

import dev.braid.config.Places;
import dev.braid.config.Settings;
import dev.braid.plan.Decision;
import dev.braid.plan.TaskDraft;
import dev.braid.result.Failure;
import dev.braid.result.Status;
import dev.braid.result.TaskResult;
import dev.braid.run.Engine;
import dev.braid.run.Onlooker.Counts;
import dev.braid.run.Onlooker.Standing;
import dev.braid.run.RunFile;
import dev.braid.run.RunId;
import dev.braid.run.RunOptions;
import dev.braid.store.Json;
import dev.braid.task.Task;
import dev.braid.task.TaskId;
import dev.braid.task.TaskType;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the live view is to show, made up by a test: runs in a list, and the tasks of the first. */
final class LiveScene {
  static final Instant NOW = Instant.parse("2026-02-16T10:30:00Z");

  private static final Path FOLDER = Path.of("/work");
  private static final int SLOTS = 4;

  private final List<Task> tasks = new ArrayList<>();
  private final List<Standing> standings = new ArrayList<>();
  private final List<RunGlance> others = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private final Map<TaskId, String> doing = new HashMap<>();
  private @Nullable TaskText text;
  private DaemonGlance daemon =
      new DaemonGlance("daemon up 2 h 10 min, 64 MB, process 4711", "delegate", List.of());

  /** The id of a run, by the end that people see. */
  static RunId id(String shortForm) {
    return new RunId("019b0000-0000-7000-8000-000000" + shortForm);
  }

  LiveScene task(TaskDraft draft, Standing standing) {
    tasks.add(draft.build());
    standings.add(standing);
    return this;
  }

  static Standing waiting() {
    return new Standing.Waiting();
  }

  static Standing running(long seconds) {
    return new Standing.Running(1, 0, NOW.minusSeconds(seconds));
  }

  static Standing retrying(String error) {
    return new Standing.BackingOff(1, error);
  }

  static Standing done(double seconds, @Nullable Double costUsd) {
    return new Standing.Done(result(null, null, seconds, costUsd));
  }

  static Standing failed(double seconds, String error) {
    return new Standing.Done(result(Failure.EXIT, error, seconds, null));
  }

  static Standing skipped(String error) {
    return new Standing.Done(result(Failure.DEPENDENCY, error, 0, null));
  }

  static TaskResult result(
      @Nullable Failure failure, @Nullable String error, double seconds, @Nullable Double costUsd) {
    Status status =
        failure == null
            ? Status.SUCCESS
            : failure == Failure.DEPENDENCY ? Status.SKIPPED : Status.FAILED;
    return new TaskResult(
        new TaskId("any"),
        "any",
        TaskType.GENERAL,
        null,
        status,
        failure,
        "",
        error,
        List.of(),
        null,
        seconds,
        NOW,
        NOW,
        1,
        costUsd == null ? null : "session-1",
        costUsd,
        null,
        Json.object());
  }

  LiveScene doing(String task, String tool) {
    doing.put(new TaskId(task), tool);
    return this;
  }

  LiveScene problem(String line) {
    problems.add(line);
    return this;
  }

  LiveScene daemon(DaemonGlance glance) {
    daemon = glance;
    return this;
  }

  LiveScene text(String task, List<String> error, List<String> output) {
    text = new TaskText(new TaskId(task), error, output);
    return this;
  }

  /** One more run of the list, which took two minutes. */
  LiveScene other(String shortForm, String title, Mark mark, Counts counts) {
    Optional<String> parked =
        mark == Mark.PARKED ? Optional.of("parked until 18:30: usage limit") : Optional.empty();
    others.add(
        new RunGlance(
            id(shortForm),
            title,
            mark,
            counts.done() + counts.running() + counts.waiting(),
            counts,
            NOW,
            mark.isUnderWay() ? 0 : 120,
            null,
            parked));
    return this;
  }

  /** With a run that began 95 seconds ago, where it has tasks. */
  LiveSnapshot snapshot() {
    return snapshot(Mark.RUNNING);
  }

  LiveSnapshot snapshot(Mark mark) {
    var runs = new ArrayList<RunGlance>();
    RunSight sight = tasks.isEmpty() ? null : sight(mark);
    if (sight != null) {
      runs.add(sight.glance());
    }
    runs.addAll(others);
    return new LiveSnapshot(NOW, daemon, problems, runs, sight, doing, text);
  }

  private RunSight sight(Mark mark) {
    var file =
        new RunFile(
            id("7f3b2a"),
            NOW.minusSeconds(96),
            tasks,
            FOLDER,
            new Decision(true, "a test"),
            new RunOptions(SLOTS, Settings.defaults(new Places(FOLDER)), Map.of()),
            FOLDER.resolve("environment.json"),
            FOLDER.resolve("tmp"),
            null,
            null);
    var glance =
        new RunGlance(
            file.id(),
            tasks.getFirst().subject(),
            mark,
            tasks.size(),
            counts(),
            NOW.minusSeconds(95),
            mark.isUnderWay() ? 0 : 95,
            cost(),
            mark == Mark.PARKED
                ? Optional.of("parked until 18:30: usage limit")
                : Optional.empty());
    return new RunSight(glance, file, Engine.graph(file), standings);
  }

  private Counts counts() {
    return new Counts(
        count(Mark.WAITING) + count(Mark.RETRYING),
        count(Mark.RUNNING),
        count(Mark.DONE),
        count(Mark.FAILED),
        count(Mark.SKIPPED),
        count(Mark.CANCELLED));
  }

  private int count(Mark mark) {
    return (int) standings.stream().filter(each -> Mark.of(each, false) == mark).count();
  }

  private @Nullable Double cost() {
    return standings.stream()
        .filter(Standing.Done.class::isInstance)
        .map(each -> ((Standing.Done) each).result().costUsd())
        .filter(java.util.Objects::nonNull)
        .reduce(Double::sum)
        .orElse(null);
  }
}

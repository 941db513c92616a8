package dev.braid.hook;

import dev.braid.claude.HookAnswer;
import dev.braid.plan.Plan;
import dev.braid.run.RunId;
import dev.braid.stats.Wording;
import dev.braid.task.TaskId;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What the model and the person read of plans. Facts; never a word of a task's own text. */
final class Advice {
  /** Tasks named of one wave; the rest is counted. */
  private static final int MAX_NAMED = 30;

  private static final int MAX_WAVES = 12;

  private Advice() {}

  /** The plan, for a model that runs its own agents. */
  static String plan(Plan plan) {
    var text = new StringBuilder("Braid's plan for this task list: ").append(inShort(plan));
    List<List<TaskId>> waves = plan.waves();
    for (int i = 0; i < Math.min(waves.size(), MAX_WAVES); i++) {
      text.append(i == 0 ? "\nAt once: " : "\nThen: ").append(named(waves.get(i)));
    }
    if (waves.size() > MAX_WAVES) {
      text.append("\nand ").append(waves.size() - MAX_WAVES).append(" more steps");
    }
    plan.conflicts().stream()
        .limit(MAX_WAVES)
        .forEach(conflict ->
            text.append("\nNot at once, for both use ")
                .append(conflict.resource())
                .append(": ")
                .append(named(List.of(conflict.first(), conflict.second()))));
    return HookAnswer.cut(text.toString());
  }

  /** The plan, and how a list says what may be taken over. */
  static String howToDeclare(Plan plan) {
    return HookAnswer.cut(
        plan(plan)
            + "\nBraid took nothing over: the list does not say whether these tasks are"
            + " independent or steps of one after the other. TaskUpdate with addBlockedBy declares"
            + " order; metadata {\"braid\":\"parallel\"} or metadata.type declares a task that may"
            + " run beside the others.");
  }

  /** The plan, and what a person writes into the settings to let workers do it. */
  static String howToAllow(Plan plan, Set<String> types) {
    String tools =
        types.stream()
            .map(type -> "\"" + type + "\": [\"Read\", \"Edit(./**)\"]")
            .collect(Collectors.joining(", "));
    return HookAnswer.cut(
        plan(plan)
            + "\nBraid took nothing over: its workers cannot ask, and in this permission mode they"
            + " may use no tool. A line in memory/config/parallel-execution-config.json that allows"
            + " some: \"allowed_tools\": {"
            + tools
            + "}");
  }

  /** What the model reads when its first task is taken over. */
  static String reserved(Plan plan, RunId run) {
    return HookAnswer.cut(
        "Braid takes over "
            + named(graphTasks(plan))
            + " and runs them side by side, each in a process of its own, as run "
            + run.shortForm()
            + ". Tasks whose owner is \"braid\" are done elsewhere: nothing is left to do for them"
            + " here. Their result arrives by itself once this session comes to rest.");
  }

  /** What the person reads at that time. */
  static String announced(Plan plan, RunId run, double maxUsd) {
    return "Braid runs %s (run %s, about %s, at most %s): braid status; take back: braid cancel %s [TASK]"
        .formatted(
            plan.graph().size() == 1 ? "1 task" : plan.graph().size() + " tasks",
            run.shortForm(),
            Wording.duration(plan.estimate().parallelSeconds()),
            Wording.dollars(maxUsd),
            run.shortForm());
  }

  /** Why a task cannot be changed by the session. */
  static String isTaken(String task, RunId run) {
    return "Task #%s is done by Braid in run %s; its result arrives by itself. The person can take it back: braid cancel %s %s"
        .formatted(task, run.shortForm(), run.shortForm(), task);
  }

  private static String inShort(Plan plan) {
    return "%d tasks, about %s side by side instead of %s one after the other."
        .formatted(
            plan.graph().size(),
            Wording.duration(plan.estimate().parallelSeconds()),
            Wording.duration(plan.estimate().sequentialSeconds()));
  }

  private static List<TaskId> graphTasks(Plan plan) {
    return IntStream.range(0, plan.graph().size())
        .mapToObj(i -> plan.graph().task(i).id())
        .toList();
  }

  private static String named(List<TaskId> tasks) {
    String named =
        tasks.stream().limit(MAX_NAMED).map(id -> "#" + id).collect(Collectors.joining(", "));
    return tasks.size() > MAX_NAMED
        ? named + " and " + (tasks.size() - MAX_NAMED) + " more"
        : named;
  }
}

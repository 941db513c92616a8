package dev.braid.hook;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.braid.claude.Claimant;
import dev.braid.claude.HookCaller;
import dev.braid.claude.ListFiles;
import dev.braid.claude.Listing;
import dev.braid.claude.TaskList;
import dev.braid.config.Mode;
import dev.braid.config.Places;
import dev.braid.config.Setting;
import dev.braid.config.Settings;
import dev.braid.config.TaskSettings;
import dev.braid.plan.Decision;
import dev.braid.plan.Plan;
import dev.braid.plan.TaskGraph;
import dev.braid.run.Presence;
import dev.braid.task.Task;
import dev.braid.task.TaskId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Says what may become of the list of a session, from what the list, the settings and it say. */
record Assessor(Places places, Presence presence, ListFiles files, Plans plans) {
  /** Permission modes, those that let more happen later. */
  private static final List<String> BY_WIDTH =
      List.of("plan", "dontAsk", "manual", "default", "acceptEdits", "auto", "bypassPermissions");

  private static final int ASKS_UP_TO = BY_WIDTH.indexOf("default");

  /**
   * Looks at a list.
   *
   * @param reserved tasks that the session began as Braid's
   */
  Assessment of(HookCaller caller, Settings settings, MadeTasks made, Set<String> reserved)
      throws IOException {
    Listing listing =
        TaskList.read(
            TaskList.folder(places.taskLists(), caller.listId()),
            caller.cwd(),
            settings.trustListMetadata(),
            Claimant.gate(made::isOwn, reserved),
            files);
    Plan plan = plans.plan(withoutLast(listing.tasks()), settings);
    if (!plan.decision().parallel()) {
      return new Assessment.Left(plan, plan.decision(), "");
    }
    if (settings.mode() == Mode.ADVISE) {
      return left(plan, "mode advise: Claude is told the plan", Advice.plan(plan));
    }
    if (!isEvident(plan.graph(), listing)) {
      return left(
          plan,
          "no task says whether it depends on the others (addBlockedBy, metadata.braid,"
              + " metadata.type)",
          Advice.howToDeclare(plan));
    }
    if (presence.environment(caller.session()).isEmpty()) {
      return left(plan, "the session began before Braid's hooks were there", "");
    }
    return withRights(plan, settings, caller.permissionMode());
  }

  private static Assessment.Left left(Plan plan, String reason, String advice) {
    return new Assessment.Left(plan, new Decision(false, reason), advice);
  }

  /** Whether its author thought of the order: by edges, or by a word about each task. */
  private static boolean isEvident(TaskGraph graph, Listing listing) {
    boolean isEvident = true;
    for (int i = 0; i < graph.size() && isEvident; i++) {
      Task task = graph.task(i);
      isEvident = task.declaredType() != null || listing.parallel().contains(task.id());
    }
    return isEvident || listing.isOrdered();
  }

  /** All but a task that waits for every other one: that is the session's own summing-up. */
  private static List<Task> withoutLast(List<Task> tasks) {
    Map<TaskId, Task> byId = new HashMap<>();
    tasks.forEach(task -> byId.put(task.id(), task));
    var rest = new ArrayList<>(tasks);
    if (tasks.size() > 1) {
      rest.removeIf(task -> ancestors(task, byId) == tasks.size() - 1);
    }
    return rest;
  }

  private static int ancestors(Task task, Map<TaskId, Task> byId) {
    var seen = new HashSet<TaskId>();
    var open = new ArrayList<>(task.blockedBy());
    while (!open.isEmpty()) {
      TaskId id = open.removeLast();
      Task blocker = byId.get(id);
      if (blocker != null && seen.add(id)) {
        open.addAll(blocker.blockedBy());
      }
    }
    return seen.size();
  }

  /** Workers have the rights of the session, and never more. */
  private static Assessment withRights(Plan plan, Settings settings, String sessionMode) {
    int session = BY_WIDTH.indexOf(sessionMode.isEmpty() ? "default" : sessionMode);
    String configured = settings.permissionMode();
    if (session <= BY_WIDTH.indexOf("plan")) {
      return left(
          plan,
          session < 0
              ? "the permission mode " + sessionMode + " is not known"
              : "the session is in plan mode",
          "");
    }
    if (session <= ASKS_UP_TO && configured == null) {
      // A worker cannot ask: it does what the settings allow without asking, and no more.
      Set<String> without = typesWithoutTools(plan.graph(), settings);
      if (!without.isEmpty()) {
        return left(
            plan,
            "in permission mode "
                + sessionMode
                + " workers may use what allowed_tools says: nothing for "
                + String.join(", ", without),
            Advice.howToAllow(plan, without));
      }
    }
    String mode = configured;
    if (mode == null) {
      mode = BY_WIDTH.get(session);
    } else if (session > ASKS_UP_TO) {
      mode = BY_WIDTH.get(Math.min(session, BY_WIDTH.indexOf(mode)));
    }
    return new Assessment.Worth(
        plan, settings.with(Setting.PERMISSION_MODE, TextNode.valueOf(mode)));
  }

  /** The settings for tasks that are run although their list is not worth it; empty for none. */
  Optional<Settings> rights(Plan plan, Settings settings, HookCaller caller) {
    return withRights(plan, settings, caller.permissionMode()) instanceof Assessment.Worth worth
        ? Optional.of(worth.settings())
        : Optional.empty();
  }

  private static Set<String> typesWithoutTools(TaskGraph graph, Settings settings) {
    var types = new TreeSet<String>();
    for (int i = 0; i < graph.size(); i++) {
      Task task = graph.task(i);
      if (task.needsModel()
          && TaskSettings.of(settings, task, graph.type(i)).allowedTools().isEmpty()) {
        types.add(graph.type(i).wireName());
      }
    }
    return types;
  }
}

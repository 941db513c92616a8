package dev.braid.claude;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.intake.Excerpt;
import dev.braid.intake.GraphCheck;
import dev.braid.intake.Intake;
import dev.braid.intake.TaskField;
import dev.braid.intake.TaskJson;
import dev.braid.intake.Warnings;
import dev.braid.task.Task;
import dev.braid.task.TaskId;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A task list of Claude Code: a folder with one file a task. It is read, never written. */
public final class TaskList {
  /** The owner that Braid writes into tasks it runs. */
  public static final String OWNER = "braid";

  private final Warnings warnings;
  private final ListMetadata metadata;
  private final Claimant claimant;
  private final Map<String, ListedTask> listed;
  private final Set<String> unusable;

  /** Who waits for a task, and whom a task waits for; only ids that have a file. */
  private final Map<String, List<String>> dependants = new HashMap<>();

  private final Map<String, Set<String>> openBlockers = new HashMap<>();
  private final Map<String, Task> tasks = new LinkedHashMap<>();
  private final Map<String, String> reasons = new HashMap<>();
  private final Set<TaskId> parallel = new HashSet<>();

  private TaskList(
      Path folder,
      Path sessionFolder,
      boolean trustMetadata,
      Claimant claimant,
      ListFiles listFiles) {
    this.claimant = claimant;
    this.warnings = new Warnings();
    this.metadata = new ListMetadata(sessionFolder, trustMetadata, warnings);
    var files = ListFolder.read(folder, warnings, listFiles);
    this.listed = files.tasks();
    this.unusable = files.unusable();
  }

  /**
   * Where Claude Code keeps a list: its id with each character outside {@code [a-zA-Z0-9_-]} made a
   * dash.
   *
   * @param tasksRoot {@code tasks} below Claude Code's own root
   */
  public static Path folder(Path tasksRoot, String listId) {
    if (listId.isEmpty()) {
      throw new IllegalArgumentException("a list without an id");
    }
    var name = new StringBuilder(listId.length());
    // UTF-16 units, as in JavaScript: a character outside the basic plane makes two dashes.
    for (int i = 0; i < listId.length(); i++) {
      char unit = listId.charAt(i);
      name.append(isKept(unit) ? unit : '-');
    }
    return tasksRoot.resolve(name.toString());
  }

  /**
   * Reads a list. Claude Code takes no lock to read and overwrites in place, so a file caught in
   * the middle of a write is skipped with a warning like any other that is no JSON.
   *
   * @param sessionFolder where tasks work, and the only folder they may choose a place in
   * @param trustMetadata whether metadata may set commands, rights and any folder
   * @param claimant who wants to run them
   */
  public static Listing read(
      Path folder, Path sessionFolder, boolean trustMetadata, Claimant claimant) {
    return read(folder, sessionFolder, trustMetadata, claimant, ListFiles.FRESH);
  }

  /** The same, with files that may have been read before. */
  public static Listing read(
      Path folder,
      Path sessionFolder,
      boolean trustMetadata,
      Claimant claimant,
      ListFiles listFiles) {
    return new TaskList(folder, sessionFolder, trustMetadata, claimant, listFiles).listing();
  }

  private Listing listing() {
    connect();
    listed.values().forEach(this::judge);
    var untouched = new ArrayList<>(reasons.keySet());
    untouched.addAll(unusable);
    letDependantsWait(untouched);
    leaveCycles();
    return new Listing(
        List.copyOf(tasks.values()),
        parallel,
        listed.values().stream()
            .filter(TaskList::isDone)
            .map(task -> new TaskId(task.id()))
            .toList(),
        listed.keySet().stream()
            .filter(reasons::containsKey)
            .map(id -> new Listing.LeftAlone(new TaskId(id), reason(id)))
            .toList(),
        !dependants.isEmpty(),
        warnings.lines());
  }

  /** Takes each edge from whichever end it is written at. */
  private void connect() {
    for (var task : listed.values()) {
      task.blockedBy().forEach(blocker -> connect(blocker, task.id()));
      task.blocks().forEach(dependant -> connect(task.id(), dependant));
    }
  }

  private void connect(String blocker, String dependant) {
    var task = listed.get(blocker);
    boolean open = task == null ? unusable.contains(blocker) : !isDone(task);
    if (open && openBlockers.computeIfAbsent(dependant, _ -> new LinkedHashSet<>()).add(blocker)) {
      dependants.computeIfAbsent(blocker, _ -> new ArrayList<>()).add(dependant);
    }
  }

  /** Makes a task that may run, or says why it is left alone. */
  private void judge(ListedTask task) {
    for (String stranger : task.strangers()) {
      warnings.add("task " + task.id() + ": unknown field " + Excerpt.of(stranger));
    }
    if (isDone(task)) {
      return;
    }
    var wish = metadata.wish(task);
    var reason = standing(task, wish);
    if (reason != null) {
      reasons.put(task.id(), reason);
      return;
    }
    switch (TaskJson.read(node(task))) {
      case Intake.Accepted accepted -> {
        warnings.addAll(accepted.warnings());
        tasks.put(task.id(), accepted.tasks().getFirst());
        if (wish == ListMetadata.Wish.PARALLEL) {
          parallel.add(new TaskId(task.id()));
        }
      }
      case Intake.Refused(var problem) -> {
        warnings.add(problem);
        reasons.put(task.id(), problem);
      }
    }
  }

  private @Nullable String standing(ListedTask task, ListMetadata.Wish wish) {
    String owner = task.owner();
    String run = Claim.run(task);
    if (run != null) {
      return "done by run " + Excerpt.of(run);
    }
    if (claimant.reserved().contains(task.id()) && Claim.isReserved(task)) {
      return null;
    }
    if (task.status() == ListStatus.IN_PROGRESS) {
      return owner == null ? "in progress" : "in progress, owned by " + Excerpt.of(owner);
    }
    if (owner != null && !owner.equals(OWNER)) {
      return "owned by " + Excerpt.of(owner);
    }
    if (!claimant.made().test(task.id())) {
      return "made by somebody else";
    }
    if (!claimant.isPerson() && Claim.wasGivenBack(task)) {
      return "was given back";
    }
    return wish == ListMetadata.Wish.STAYS ? "stays with the session" : null;
  }

  private ObjectNode node(ListedTask task) {
    var node = JsonNodeFactory.instance.objectNode();
    metadata.copyTo(node, task);
    node.put(TaskField.ID.wireName(), task.id());
    node.put(TaskField.SUBJECT.wireName(), task.subject());
    node.put(TaskField.DESCRIPTION.wireName(), task.description());
    var blockedBy = node.putArray(TaskField.BLOCKED_BY.wireName());
    openBlockers.getOrDefault(task.id(), Set.of()).stream()
        .filter(listed::containsKey)
        .forEach(blockedBy::add);
    return node;
  }

  /** Takes out all tasks that wait, through however many others, for one of these. */
  private void letDependantsWait(Collection<String> notRun) {
    var queue = new ArrayDeque<>(notRun);
    while (!queue.isEmpty()) {
      String blocker = queue.remove();
      for (String dependant : dependants.getOrDefault(blocker, List.of())) {
        if (leave(dependant, "waits for task " + Excerpt.of(blocker))) {
          queue.add(dependant);
        }
      }
    }
  }

  private void leaveCycles() {
    var standing = new ArrayList<String>();
    for (var cycle : GraphCheck.cycles(List.copyOf(tasks.values()))) {
      for (var id : cycle) {
        leave(id.value(), GraphCheck.shown(cycle));
        standing.add(id.value());
      }
    }
    letDependantsWait(standing);
  }

  private boolean leave(String id, String reason) {
    var task = tasks.remove(id);
    if (task == null) {
      return false;
    }
    reasons.put(id, reason);
    parallel.remove(task.id());
    return true;
  }

  private String reason(String id) {
    return Objects.requireNonNull(reasons.get(id));
  }

  private static boolean isDone(ListedTask task) {
    return task.status() == ListStatus.COMPLETED;
  }

  private static boolean isKept(char unit) {
    return (unit >= 'a' && unit <= 'z')
        || (unit >= 'A' && unit <= 'Z')
        || (unit >= '0' && unit <= '9')
        || unit == '_'
        || unit == '-';
  }
}

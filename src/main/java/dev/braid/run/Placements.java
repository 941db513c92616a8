package dev.braid.run;

import dev.braid.config.Isolation;
import dev.braid.config.Settings;
import dev.braid.config.TaskSettings;
import dev.braid.isolate.GitException;
import dev.braid.isolate.Integration;
import dev.braid.isolate.Repository;
import dev.braid.plan.TaskGraph;
import dev.braid.task.ResourceUse;
import dev.braid.task.TaskId;
import dev.braid.task.TaskType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides for each task of a run whether it works in the user's tree or apart. Writers that may run
 * side by side in one repository work apart, and so does what follows them there, since only there
 * it finds their work. Where that is not possible, writers take turns.
 */
final class Placements {
  private static final List<TaskType> WRITING =
      List.of(TaskType.SERVICE_CREATION, TaskType.MIGRATION, TaskType.GENERAL);

  /** What these do, they do to the repository itself. */
  private static final List<TaskType> IN_TREE =
      List.of(TaskType.GIT_OPERATION, TaskType.DEPLOYMENT);

  private final Placement[] placements;
  private final Map<Path, Integration> integrations = new LinkedHashMap<>();
  private final List<String> warnings = new ArrayList<>();
  private boolean isPlain = true;

  private Placements(int tasks) {
    this.placements = new Placement[tasks];
    for (int i = 0; i < tasks; i++) {
      placements[i] = Placement.InTree.FREE;
    }
  }

  /** Everything in the user's tree, without a look at it. */
  static Placements inTree(int tasks) {
    return new Placements(tasks);
  }

  Placement of(int index) {
    return placements[index];
  }

  /** The repositories in which tasks work apart. */
  List<Integration> integrations() {
    return List.copyOf(integrations.values());
  }

  /** What a person should know of the decision, a line each. */
  List<String> warnings() {
    return List.copyOf(warnings);
  }

  /** Whether there was nothing to decide: no task writes where another one may write. */
  boolean isPlain() {
    return isPlain;
  }

  /** Tasks that work apart. */
  static List<TaskId> apart(Placements placements, TaskGraph graph) {
    var apart = new ArrayList<TaskId>();
    for (int i = 0; i < graph.size(); i++) {
      if (placements.of(i) instanceof Placement.Apart) {
        apart.add(graph.task(i).id());
      }
    }
    return apart;
  }

  /** Makes the decision for one run. */
  static final class Decision {
    private final RunFile file;
    private final TaskGraph graph;
    private final Map<String, String> environment;
    private final Path worktrees;
    private final Placements made;
    private final Map<Path, Repository.Found> found = new HashMap<>();
    private final Isolation[] wishes;

    /**
     * @param environment all variables of the caller
     * @param worktrees the folder of all worktrees
     */
    Decision(RunFile file, TaskGraph graph, Map<String, String> environment, Path worktrees) {
      this.file = file;
      this.graph = graph;
      this.environment = environment;
      this.worktrees = worktrees;
      this.made = new Placements(graph.size());
      this.wishes = new Isolation[graph.size()];
      for (int i = 0; i < graph.size(); i++) {
        wishes[i] = TaskSettings.of(settings(), graph.task(i), graph.type(i)).isolation();
      }
    }

    private Settings settings() {
      return file.options().settings();
    }

    /** Decides now. */
    Placements make() throws IOException {
      Map<Path, List<Integer>> writers = new LinkedHashMap<>();
      for (int i = 0; i < graph.size(); i++) {
        if (isWriter(i) || isAsked(i)) {
          writers.computeIfAbsent(lockName(i), _ -> new ArrayList<>()).add(i);
        }
      }
      for (Map.Entry<Path, List<Integer>> each : writers.entrySet()) {
        made.isPlain = false;
        decide(each.getKey(), each.getValue());
      }
      return made;
    }

    /** The same decision as an owner before made it. */
    Placements remake(List<TaskId> apart) throws IOException {
      for (TaskId id : apart) {
        int i = graph.indexOf(id);
        if (find(i) instanceof Repository.Found.Inside inside) {
          place(i, integration(inside.repository()), inside.below());
        }
      }
      for (int i = 0; i < graph.size(); i++) {
        boolean isAlone = isWriter(i) || isAsked(i);
        if (isAlone && made.of(i) instanceof Placement.InTree) {
          lock(i, lockName(i));
          lockRepositoryTasks(lockName(i));
        }
      }
      return made;
    }

    private boolean isWriter(int i) {
      return graph.task(i).needsModel() && WRITING.contains(graph.type(i));
    }

    /** Whether this very task is to work apart, whatever it is. */
    private boolean isAsked(int i) {
      boolean own = graph.task(i).options().isolation() != null;
      boolean byType = settings().isolationByType().containsKey(graph.type(i).wireName());
      return wishes[i] == Isolation.WORKTREE && (own || byType);
    }

    private Path folder(int i) {
      return TaskFolders.start(graph.task(i), file.cwd());
    }

    private Repository.Found find(int i) throws IOException {
      Path folder = folder(i);
      Repository.Found known = found.get(folder);
      if (known == null) {
        known = Repository.find(folder, environment);
        found.put(folder, known);
      }
      return known;
    }

    /** The tree that a task works in: the repository's, else its folder alone. */
    private Path lockName(int i) throws IOException {
      return find(i) instanceof Repository.Found.Inside inside
          ? inside.repository().top()
          : folder(i);
    }

    private void decide(Path tree, List<Integer> writers) throws IOException {
      List<Integer> apart = writers.stream().filter(i -> wishes[i] != Isolation.NONE).toList();
      boolean isForced = apart.stream().anyMatch(i -> wishes[i] == Isolation.WORKTREE);
      boolean pays = isForced || (!apart.isEmpty() && !takeTurnsAnyway(writers));
      BitSet placed = new BitSet();
      if (pays) {
        apart.forEach(placed::set);
        Optional<String> obstacle = obstacle(apart.getFirst());
        if (obstacle.isEmpty()) {
          obstacle = addFollowers(tree, placed, isForced);
        }
        if (obstacle.isPresent()) {
          placed.clear();
          made.warnings.add(
              "tasks that write in " + tree + " take turns, because " + obstacle.get());
        }
      }
      for (int i = placed.nextSetBit(0); i >= 0; i = placed.nextSetBit(i + 1)) {
        if (find(i) instanceof Repository.Found.Inside inside) {
          place(i, integration(inside.repository()), inside.below());
        }
      }
      boolean isShared = false;
      for (int i : writers) {
        if (!placed.get(i)) {
          lock(i, tree);
          isShared = true;
        }
      }
      if (isShared) {
        lockRepositoryTasks(tree);
      }
    }

    /** What is done to a repository itself takes turns with writers in its tree. */
    private void lockRepositoryTasks(Path tree) throws IOException {
      for (int i = 0; i < graph.size(); i++) {
        if (IN_TREE.contains(graph.type(i)) && lockName(i).equals(tree)) {
          lock(i, tree);
        }
      }
    }

    private Optional<String> obstacle(int task) throws IOException {
      return switch (find(task)) {
        case Repository.Found.Outside(String reason) -> Optional.of(reason);
        case Repository.Found.Inside inside -> {
          try {
            yield newIntegration(inside.repository()).obstacle();
          } catch (GitException e) {
            yield Optional.of(String.valueOf(e.getMessage()));
          }
        }
      };
    }

    /** Whether each of these waits for the one before, so that no two run side by side. */
    private boolean takeTurnsAnyway(List<Integer> tasks) {
      List<Integer> byDepth =
          tasks.stream().sorted((one, other) -> graph.depth(one) - graph.depth(other)).toList();
      for (int i = 1; i < byDepth.size(); i++) {
        if (!waitsFor(byDepth.get(i), byDepth.get(i - 1))) {
          return false;
        }
      }
      return true;
    }

    private boolean waitsFor(int task, int other) {
      var seen = new BitSet();
      var next = new ArrayList<Integer>(List.of(task));
      while (!next.isEmpty()) {
        for (int blocker : graph.blockers(next.removeLast())) {
          if (blocker == other) {
            return true;
          }
          if (!seen.get(blocker) && graph.depth(blocker) > graph.depth(other)) {
            seen.set(blocker);
            next.add(blocker);
          }
        }
      }
      return false;
    }

    /**
     * Adds what follows tasks that work apart, in the same tree: it needs their work.
     *
     * @return why nothing can work apart then; empty when it can
     */
    private Optional<String> addFollowers(Path tree, BitSet placed, boolean isForced)
        throws IOException {
      var follows = (BitSet) placed.clone();
      List<Integer> order = new ArrayList<>();
      for (int i = 0; i < graph.size(); i++) {
        order.add(i);
      }
      order.sort((one, other) -> graph.depth(one) - graph.depth(other));
      for (int i : order) {
        boolean after = false;
        for (int blocker : graph.blockers(i)) {
          after |= follows.get(blocker);
        }
        if (after && !placed.get(i)) {
          follows.set(i);
          boolean isHere = lockName(i).equals(tree) && wishes[i] != Isolation.NONE;
          if (isHere && IN_TREE.contains(graph.type(i))) {
            String what = "task " + graph.task(i).id() + " follows them and needs their work there";
            if (!isForced) {
              return Optional.of(what);
            }
            made.warnings.add(
                "task "
                    + graph.task(i).id()
                    + " does not find what tasks before it did in"
                    + " worktrees; it comes into the tree at the end");
          } else if (isHere) {
            placed.set(i);
          }
        }
      }
      return Optional.empty();
    }

    private void lock(int i, Path tree) {
      boolean knowsBetter =
          wishes[i] == Isolation.NONE
              && graph.task(i).resources().stream()
                  .anyMatch(use -> use.access() == ResourceUse.Access.WRITE);
      if (!knowsBetter) {
        made.placements[i] = new Placement.InTree(List.of(ResourceUse.writing("git:" + tree)));
      }
    }

    private void place(int i, Integration integration, Path below) {
      made.placements[i] = new Placement.Apart(integration, below);
    }

    private Integration integration(Repository repository) {
      return made.integrations.computeIfAbsent(repository.top(), _ -> newIntegration(repository));
    }

    private Integration newIntegration(Repository repository) {
      return new Integration(
          repository,
          file.id().value(),
          worktrees,
          settings().link().getOrDefault(repository.top(), List.of()),
          environment);
    }
  }
}

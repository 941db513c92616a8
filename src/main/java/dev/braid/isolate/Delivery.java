package dev.braid.isolate;

import dev.braid.fault.FaultPoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Brings finished work into the user's tree, as if it had been edited in place: index, HEAD and
 * stash stay as they are. What the user changed meanwhile is merged with it; where that does not
 * fit, nothing is changed.
 */
public final class Delivery {
  /** So often a tree that changes under our hands is looked at anew. */
  private static final int TRIES = 5;

  private final Integration integration;
  private final Repository repository;
  private final Refs refs;
  private final Log log;

  /** Where it is written down what is about to be changed, so that a crash cannot tear it. */
  public interface Log {
    /** Returns when the changes stand on disk. */
    void applying(List<Change> changes) throws IOException;
  }

  /** What became of it. */
  public sealed interface Outcome {
    /** There was nothing to bring. */
    record Nothing() implements Outcome {}

    /**
     * It stands in the user's tree.
     *
     * @param submodules those whose commit a task changed, which are left to the user
     */
    record Delivered(List<Change> changes, List<String> submodules) implements Outcome {}

    /**
     * It stays in git.
     *
     * @param reason in one line
     * @param command gets it from there, in the top folder of the repository
     */
    record Kept(String reason, String command) implements Outcome {}
  }

  /** The same answer where a branch was asked for. */
  Branching.Outcome.Kept keptFromBranch(String reason, String from, String to) throws IOException {
    Outcome.Kept kept = kept(reason, from, to);
    return new Branching.Outcome.Kept(kept.reason(), kept.command());
  }

  public Delivery(Integration integration, Log log) {
    this.integration = integration;
    this.repository = integration.repository();
    this.refs = integration.refs();
    this.log = log;
  }

  /** Brings what is finished and was not brought yet. */
  public Outcome toWorkingTree() throws IOException {
    if (!integration.isUndelivered()) {
      return new Outcome.Nothing();
    }
    try (RepositoryMutex _ = RepositoryMutex.of(repository)) {
      String from = delivered();
      String to = integration.head();
      String obstacle = "";
      for (int i = 0; i < TRIES; i++) {
        Optional<String> hazard = Hazards.of(repository);
        if (hazard.isPresent()) {
          return kept(hazard.get(), from, to);
        }
        Attempt attempt = attempt(from, to);
        if (attempt.outcome() != null) {
          return attempt.outcome();
        }
        obstacle = attempt.obstacle();
      }
      return kept("your " + obstacle + " is in the way", from, to);
    }
  }

  private String delivered() throws IOException {
    Optional<String> known = refs.read(refs.delivered());
    return known.isPresent() ? known.get() : integration.base();
  }

  /** One look at the tree; without an outcome when something moved, which may pass. */
  private record Attempt(@Nullable Outcome outcome, String obstacle) {}

  private Attempt attempt(String from, String to) throws IOException {
    Git git = repository.git();
    String now = TreeReader.read(repository, Set.of()).tree();
    String before = Commits.make(git, now, "Before an apply", List.of(from));
    refs.write(refs.before(), before);
    return switch (Merge.of(git, before, to)) {
      case Merge.Conflicted conflicted -> {
        String paths =
            String.join(", ", conflicted.files().stream().map(ConflictedFile::path).toList());
        yield new Attempt(kept("you changed the same places in " + paths, from, to), "");
      }
      case Merge.Clean(String tree) -> swap(TreeChange.between(git, now, tree), tree, to);
    };
  }

  private Attempt swap(List<TreeChange> differences, String tree, String to) throws IOException {
    var submodules = new ArrayList<String>();
    var files = new ArrayList<TreeChange>();
    for (TreeChange each : differences) {
      if (each.isRepository()) {
        submodules.add(each.path());
      } else {
        files.add(each);
      }
    }
    List<Change> changes = changes(files, tree);
    for (int i = 0; i < files.size(); i++) {
      if (!stillHolds(files.get(i), changes.get(i))) {
        return new Attempt(null, files.get(i).path());
      }
    }
    var swap = new Swap(repository, changes);
    Optional<String> obstacle = swap.obstacle();
    if (obstacle.isPresent()) {
      return new Attempt(null, obstacle.get());
    }
    keepOld(changes);
    FaultPoint.pass("apply.kept");
    log.applying(changes);
    FaultPoint.pass("apply.logged");
    Optional<String> moved = swap.run();
    if (moved.isPresent()) {
      return new Attempt(null, moved.get());
    }
    FaultPoint.pass("apply.swapped");
    refs.write(refs.delivered(), to);
    FaultPoint.pass("apply.delivered");
    return new Attempt(new Outcome.Delivered(changes, submodules), "");
  }

  /** Whether what was read from the disk a moment later is what git read. */
  private boolean stillHolds(TreeChange difference, Change change) throws IOException {
    Content before = change.before();
    if (before == null && difference.isInOld()) {
      return change.after() != null && isLeftOut(change.path());
    }
    if (before == null || !difference.isInOld()) {
      // A file where git saw none is an ignored one; the swap sees to that.
      return (before == null) == !difference.isInOld() || (before != null && isFolder(before));
    }
    if (before.id().equals(difference.oldId())) {
      return true;
    }
    Git.Output filtered = repository.git().attempt(new byte[0], "hash-object", "--", change.path());
    return filtered.exit() == 0 && filtered.text().equals(difference.oldId());
  }

  /** Whether git knows a file that a sparse checkout does not put on the disk. */
  private boolean isLeftOut(String path) throws IOException {
    return repository.git().run("ls-files", "-t", "--", path).text().startsWith("S ");
  }

  private static boolean isFolder(Content content) {
    return content.kind() == Content.Kind.OTHER;
  }

  // --- from trees to bytes ---

  /** The bytes on disk before and after; the new ones are written to git on the way. */
  private List<Change> changes(List<TreeChange> files, String tree) throws IOException {
    Path folder =
        Files.createTempDirectory(
            Files.createDirectories(repository.gitDir().resolve("braid")), "checkout-");
    try (PrivateIndex index = PrivateIndex.of(repository, tree)) {
      var names = new StringBuilder();
      files.stream()
          .filter(TreeChange::isInNew)
          .forEach(each -> names.append(each.path()).append('\0'));
      // Attributes are those of the new tree then, as when git itself brings it.
      index
          .git()
          .with("GIT_WORK_TREE", folder.toString())
          .run(
              names.toString().getBytes(StandardCharsets.UTF_8),
              "checkout-index",
              "--ignore-skip-worktree-bits",
              "-z",
              "--stdin");
      var changes = new ArrayList<Change>();
      for (TreeChange each : files) {
        Content before = Content.in(repository.top(), each.path(), repository.objectFormat());
        boolean isFolderFirst = before != null && isFolder(before) && !each.isInOld();
        Content after =
            each.isInNew()
                ? Content.of(folder.resolve(each.path()), repository.objectFormat())
                : null;
        changes.add(new Change(each.path(), isFolderFirst ? null : before, after));
      }
      writeNew(changes, folder);
      return changes;
    } finally {
      Folders.delete(folder);
    }
  }

  private void writeNew(List<Change> changes, Path folder) throws IOException {
    var files = new HashMap<String, Content>();
    for (Change change : changes) {
      if (change.after() != null) {
        files.put(change.path(), change.after());
      }
    }
    write(files, folder);
  }

  /** Writes files of a folder to git as they are, without its filters. */
  private void write(Map<String, Content> contents, Path folder) throws IOException {
    var paths = new ArrayList<String>();
    for (Map.Entry<String, Content> each : contents.entrySet()) {
      Path file = folder.resolve(each.getKey());
      if (each.getValue().kind() == Content.Kind.LINK) {
        byte[] target = Files.readSymbolicLink(file).toString().getBytes(StandardCharsets.UTF_8);
        repository.git().run(target, "hash-object", "-w", "--stdin");
      } else if (file.toString().indexOf('\n') >= 0 || file.toString().endsWith("\r")) {
        // Git takes the ends of lines for its own, \r before \n too.
        repository.git().run("hash-object", "-w", "--no-filters", "--", file.toString());
      } else {
        paths.add(file.toString());
      }
    }
    if (!paths.isEmpty()) {
      byte[] input = (String.join("\n", paths) + "\n").getBytes(StandardCharsets.UTF_8);
      repository.git().run(input, "hash-object", "-w", "--no-filters", "--stdin-paths");
    }
  }

  /** Keeps what is about to be replaced, and what replaces it, for undoing and after a crash. */
  private void keepOld(List<Change> changes) throws IOException {
    var old = new HashMap<String, Content>();
    changes.forEach(change -> {
      if (change.before() != null) {
        old.put(change.path(), change.before());
      }
    });
    write(old, repository.top());
    Git git = repository.git();
    String oldTree = tree(changes, true);
    String newTree = tree(changes, false);
    String newCommit = Commits.make(git, newTree, "What an apply put there", List.of());
    String commit =
        Commits.make(
            git, oldTree, "What an apply replaced", List.of(newCommit, integration.head()));
    int number = 1;
    while (refs.read(refs.undo(number)).isPresent()) {
      number++;
    }
    refs.write(refs.undo(number), commit);
  }

  private String tree(List<Change> changes, boolean old) throws IOException {
    try (PrivateIndex index = PrivateIndex.empty(repository)) {
      var lines = new StringBuilder();
      for (Change change : changes) {
        Content content = old ? change.before() : change.after();
        if (content != null) {
          lines.append("%s %s\t%s\0".formatted(content.kind().mode(), content.id(), change.path()));
        }
      }
      index
          .git()
          .run(
              lines.toString().getBytes(StandardCharsets.UTF_8),
              "update-index",
              "-z",
              "--index-info");
      return index.writeTree();
    }
  }

  // --- what is not brought ---

  /** One commit with all of it stays, and the command that takes it. */
  private Outcome.Kept kept(String reason, String from, String to) throws IOException {
    Git git = repository.git();
    String work =
        Commits.make(git, Commits.tree(git, to), "The work of run " + refs.run(), List.of(from));
    refs.write(refs.work(), work);
    return new Outcome.Kept(reason, "git cherry-pick --no-commit " + refs.work());
  }

  /**
   * Goes on with changes that a crash cut short.
   *
   * @return paths that somebody changed since, which are left as they are
   */
  public List<String> redo(List<Change> changes) throws IOException {
    try (RepositoryMutex _ = RepositoryMutex.of(repository)) {
      List<String> strange = new Swap(repository, changes).redo();
      refs.write(refs.delivered(), integration.head());
      return strange;
    }
  }

  /**
   * Puts back what stood there before, where it is unchanged since.
   *
   * @return paths that were changed since, which are left as they are
   */
  public List<String> undo(List<Change> changes) throws IOException {
    try (RepositoryMutex _ = RepositoryMutex.of(repository)) {
      return new Swap(repository, changes.stream().map(Change::reversed).toList()).redo();
    }
  }
}

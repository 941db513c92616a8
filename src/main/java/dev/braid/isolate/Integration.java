package dev.braid.isolate;

import dev.braid.fault.FaultPoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The work of one run in one repository: where it began, what is finished, and the worktrees of its
 * tasks. All of it is kept in git under names that the run's id makes, so that another program
 * finds it again after a crash; each step can be repeated. Safe for several threads.
 */
public final class Integration {
  private final Repository repository;
  private final String run;
  private final Path worktrees;
  private final List<String> links;
  private final Map<String, String> environment;
  private final Refs refs;

  /** The user's tree as it was when we last looked; null before the first look. */
  private @Nullable String lastSeen;

  private List<String> nested = List.of();
  private boolean isNoticed;

  /**
   * The work of a run in a repository.
   *
   * @param worktrees the folder of all worktrees
   * @param links ignored folders that worktrees get as links
   * @param environment all variables of the caller
   */
  public Integration(
      Repository repository,
      String run,
      Path worktrees,
      List<String> links,
      Map<String, String> environment) {
    this.repository = repository;
    this.run = run;
    this.worktrees = worktrees;
    this.links = List.copyOf(links);
    this.environment = Map.copyOf(environment);
    this.refs = new Refs(repository, run);
  }

  public Repository repository() {
    return repository;
  }

  Refs refs() {
    return refs;
  }

  /** Why nothing can be done apart from the user's tree; empty when it can. */
  public Optional<String> obstacle() throws IOException {
    Path real = Files.exists(worktrees) ? worktrees.toRealPath() : worktrees;
    if (real.startsWith(repository.top())) {
      return Optional.of("the folder of worktrees, " + worktrees + ", lies in it");
    }
    return Hazards.of(repository);
  }

  /** What worktrees lack that a person may expect in them, a line each; said by one call only. */
  public synchronized List<String> notices() throws IOException {
    var notices = new ArrayList<String>();
    if (!isNoticed) {
      isNoticed = true;
      for (String folder : nested) {
        notices.add(folder + " is a repository of its own: worktrees do not have it");
      }
      for (String folder : Seeding.missed(repository, links)) {
        notices.add(
            folder
                + " is ignored by git and big: worktrees do not have it; link it or set it up"
                + " (link, setup)");
      }
    }
    return notices;
  }

  /** The user's tree when the run first needed it, as a commit; made by the first call. */
  synchronized String base() throws IOException {
    Optional<String> known = refs.read(refs.base());
    if (known.isPresent()) {
      return known.get();
    }
    TreeReader.Read read = TreeReader.read(repository, Set.of());
    nested = read.nested();
    lastSeen = read.tree();
    String head = repository.head();
    List<String> parents = head.isEmpty() ? List.of() : List.of(head);
    String commit =
        Commits.make(repository.git(), read.tree(), "What run " + run + " began with", parents);
    FaultPoint.pass("snapshot.commit");
    refs.write(refs.base(), commit);
    FaultPoint.pass("snapshot.ref");
    return commit;
  }

  /** All finished work, on top of the base. */
  String head() throws IOException {
    Optional<String> known = refs.read(refs.integration());
    return known.isPresent() ? known.get() : base();
  }

  /** The worktree of a task; a new one begins with all work that is finished by now. */
  public Worktree open(String key) throws IOException {
    return Worktree.open(repository, folder(key), run, key, head(), links, environment);
  }

  /** The worktree of a task, if there is one. */
  public Optional<Worktree> existing(String key) throws IOException {
    return Worktree.existing(repository, folder(key), links, environment);
  }

  /** Where the worktree of a task is, or will be. */
  public Path place(String key) {
    return folder(key);
  }

  /** Whether anything was done apart from the user's tree already. */
  public boolean isBegun() throws IOException {
    return refs.read(refs.base()).isPresent();
  }

  private Path folder(String key) {
    return worktrees
        .resolve(nameOf(repository))
        .resolve(run.substring(run.length() - 6) + "-" + key);
  }

  private static String nameOf(Repository repository) {
    try {
      byte[] place = repository.commonDir().toString().getBytes(StandardCharsets.UTF_8);
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(place);
      Path name = repository.top().getFileName();
      return (name == null ? "root" : name) + "-" + HexFormat.of().formatHex(hash, 0, 4);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /**
   * Makes what a task did one commit, which stands in git from then on; empty when it changed
   * nothing.
   */
  public Optional<Work> keep(Worktree worktree, String key, String subject) throws IOException {
    TreeReader.Read read = worktree.read();
    String base = worktree.base();
    if (read.tree().equals(Commits.tree(repository.git(), base))) {
      return Optional.empty();
    }
    String commit = known(key, read.tree(), base);
    if (commit == null) {
      commit = Commits.make(repository.git(), read.tree(), message(key, subject), List.of(base));
      FaultPoint.pass("keep.commit");
      refs.write(refs.task(key), commit);
      FaultPoint.pass("keep.ref");
    }
    return Optional.of(new Work(commit, base, TreeChange.between(repository.git(), base, commit)));
  }

  /** The same work, when it was kept before; so that repeating it changes nothing. */
  private @Nullable String known(String key, String tree, String base) throws IOException {
    String commit = refs.read(refs.task(key)).orElse(null);
    boolean isSame =
        commit != null
            && Commits.tree(repository.git(), commit).equals(tree)
            && repository.git().run("rev-parse", commit + "^1").text().equals(base);
    return isSame ? commit : null;
  }

  private static String message(String key, String subject) {
    return subject + "\n\nBraid-Task: " + key + "\n";
  }

  /** What a task did, as it was kept. */
  public Optional<Work> kept(String key) throws IOException {
    Optional<String> commit = refs.read(refs.task(key));
    if (commit.isEmpty()) {
      return Optional.empty();
    }
    String base = repository.git().run("rev-parse", commit.get() + "^1").text();
    return Optional.of(
        new Work(commit.get(), base, TreeChange.between(repository.git(), base, commit.get())));
  }

  /** Puts what a task did out of the way of a new attempt, which begins afresh. */
  public void setAside(String key) throws IOException {
    Optional<Worktree> worktree = existing(key);
    if (worktree.isPresent()) {
      var _ = keep(worktree.get(), key, "What was left of " + key);
      worktree.get().remove();
    }
    Optional<String> commit = refs.read(refs.task(key));
    if (commit.isPresent()) {
      refs.write(refs.freeAside(key), commit.get());
      refs.delete(refs.task(key));
    }
  }

  /**
   * A new worktree of a task that begins with all finished work and has the task's own in its
   * files, with marks where both differ; false when nothing differs any more, or nothing is kept.
   * What is kept of it stays until more is.
   */
  public boolean openUnsettled(String key) throws IOException {
    Optional<Work> work = kept(key);
    String head = head();
    if (work.isEmpty()
        || !(Merge.of(repository.git(), head, work.get().commit())
            instanceof Merge.Conflicted conflicted)) {
      return false;
    }
    refs.write(refs.freeAside(key), work.get().commit());
    Optional<Worktree> old = existing(key);
    if (old.isPresent()) {
      old.get().remove();
    }
    open(key).unsettle(conflicted);
    return true;
  }

  /** A commit of the user's as the work of a task; empty when there is none of that name. */
  public Optional<Work> named(String name) throws IOException {
    Optional<String> commit = refs.read("refs/heads/" + name);
    return commit.isEmpty()
        ? Optional.empty()
        : Optional.of(new Work(commit.get(), commit.get(), List.of()));
  }

  /** Puts work to that which is finished; it counts once {@link #advance} was called. */
  public Joined join(Work work, String key, String subject) throws IOException {
    String head = head();
    if (Commits.isAncestor(repository.git(), work.commit(), head)) {
      return new Joined.Fits(head, head);
    }
    if (work.base().equals(head)) {
      return new Joined.Fits(work.commit(), head);
    }
    return switch (Merge.of(repository.git(), head, work.commit())) {
      case Merge.Clean(String tree) ->
          new Joined.Fits(
              Commits.make(
                  repository.git(), tree, message(key, subject), List.of(head, work.commit())),
              head);
      case Merge.Conflicted conflicted -> new Joined.Conflict(conflicted.files());
    };
  }

  /** The same, with one side winning wherever both differ. */
  public Joined.Fits join(Work work, String key, String subject, Side side) throws IOException {
    String head = head();
    String tree =
        switch (Merge.of(repository.git(), head, work.commit())) {
          case Merge.Clean(String clean) -> clean;
          case Merge.Conflicted conflicted -> Settling.settle(repository, conflicted, side);
        };
    return new Joined.Fits(
        Commits.make(repository.git(), tree, message(key, subject), List.of(head, work.commit())),
        head);
  }

  /** Which side wins where two differ. */
  public enum Side {
    /** The work that was finished before. */
    OURS,
    /** The task. */
    THEIRS
  }

  /** Makes work that fits part of what is finished. */
  public void advance(Joined.Fits fits) throws IOException {
    FaultPoint.pass("merge.commit");
    refs.write(refs.integration(), fits.commit());
    FaultPoint.pass("merge.ref");
  }

  /** A worktree that holds all finished work together with a candidate, to look at it. */
  public Worktree openFor(Joined.Fits candidate, String key) throws IOException {
    Optional<Worktree> old = existing(key);
    if (old.isPresent()) {
      old.get().remove();
    }
    return Worktree.open(repository, folder(key), run, key, candidate.commit(), links, environment);
  }

  /** Files of the user's tree that changed since we last looked; nothing at the first look. */
  public synchronized List<String> changedMeanwhile() throws IOException {
    String before = lastSeen;
    String now = TreeReader.read(repository, Set.of()).tree();
    lastSeen = now;
    if (before == null || before.equals(now)) {
      return List.of();
    }
    return TreeChange.between(repository.git(), before, now).stream()
        .map(TreeChange::path)
        .toList();
  }

  /** Whether there is finished work that does not stand in the user's tree. */
  boolean isUndelivered() throws IOException {
    Optional<String> integration = refs.read(refs.integration());
    return integration.isPresent() && !integration.equals(refs.read(refs.delivered()));
  }

  /**
   * Forgets what is merged and delivered: the refs of tasks in the integration, and, when nothing
   * waits any more, all but what undoing needs.
   */
  public void tidy() throws IOException {
    Optional<String> head = refs.read(refs.integration());
    boolean isDelivered = !isUndelivered();
    boolean isWaiting = !isDelivered;
    for (String ref : refs.existing()) {
      boolean isTask = ref.startsWith(refs.task(""));
      boolean isMerged =
          isTask
              && head.isPresent()
              && Commits.isAncestor(
                  repository.git(), refs.read(ref).orElse(head.get()), head.get());
      isWaiting |= isTask && !isMerged;
      if (isMerged && isDelivered) {
        refs.delete(ref);
      }
    }
    refs.delete(refs.before());
    if (!isWaiting) {
      for (String ref : new ArrayList<>(refs.existing())) {
        if (!ref.startsWith(refs.undo(0).substring(0, refs.undo(0).length() - 1))) {
          refs.delete(ref);
        }
      }
    }
  }

  /** Forgets all of it, for good. */
  public void forget() throws IOException {
    for (String ref : refs.existing()) {
      refs.delete(ref);
    }
  }
}

package dev.braid.isolate;

import dev.braid.fault.FaultPoint;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A tree of files that one task has for itself. */
public final class Worktree {
  /** So often a worktree is made before it is given up; a second in all, with the pauses. */
  private static final int TRIES = 10;

  private static final Duration FIRST_PAUSE = Duration.ofMillis(2);

  private final Repository origin;
  private final Lease lease;
  private final Repository own;
  private final Set<String> links;

  private Worktree(Repository origin, Lease lease, Repository own, Set<String> links) {
    this.origin = origin;
    this.lease = lease;
    this.own = own;
    this.links = Set.copyOf(links);
  }

  /** Its top folder. */
  public Path folder() {
    return lease.folder();
  }

  /** A file that is made once a worktree in that folder was set up; goes when it goes. */
  public static Path setupMark(Path folder) {
    return Lease.setupMark(folder);
  }

  /** The commit it began with. */
  String base() {
    return lease.base();
  }

  /**
   * The worktree of a task as it is, or a new one that begins with a commit. One that was left half
   * made is made anew.
   *
   * @param folder where it is to be
   * @param links ignored folders of the repository that it gets as links
   */
  static Worktree open(
      Repository origin,
      Path folder,
      String run,
      String key,
      String base,
      List<String> links,
      Map<String, String> environment)
      throws IOException {
    Optional<Lease> known = Lease.of(folder);
    if (known.isPresent() && known.get().isReady() && Files.exists(folder.resolve(".git"))) {
      return of(origin, known.get(), links, environment);
    }
    if (known.isPresent()) {
      remove(origin, known.get());
    }
    if (known.isEmpty() && Files.exists(folder)) {
      throw new GitException(
          "the worktree "
              + folder
              + " is there, and its lease is damaged; it is left as it is: move it away");
    }
    var lease = new Lease(folder, origin.top(), run, key, base, false, List.of());
    lease.write();
    FaultPoint.pass("worktree.lease");
    // The user's git expires the logs of all worktrees, and fails where one goes at that moment.
    Git git =
        origin
            .git()
            .with("GIT_CONFIG_COUNT", "1")
            .with("GIT_CONFIG_KEY_0", "core.logAllRefUpdates")
            .with("GIT_CONFIG_VALUE_0", "false");
    try (RepositoryMutex _ = RepositoryMutex.of(origin)) {
      add(git, lease);
    }
    FaultPoint.pass("worktree.added");
    git.in(folder).run("reset", "--hard", "--quiet");
    FaultPoint.pass("worktree.checked-out");
    Worktree worktree = of(origin, lease.ready(), links, environment);
    new Seeding(origin, folder).run(links);
    worktree.lease.write();
    return worktree;
  }

  /** Locked from the first moment, but for the one in which the user's git may prune it. */
  private static void add(Git git, Lease lease) throws IOException {
    String reason = "braid run " + lease.run() + " task " + lease.key();
    Duration pause = FIRST_PAUSE;
    for (int i = 1; ; i++) {
      try {
        git.run(
            "worktree",
            "add",
            "--detach",
            "--no-checkout",
            "--lock",
            "--reason",
            reason,
            lease.folder().toString(),
            lease.base());
        return;
      } catch (GitException e) {
        if (i == TRIES) {
          throw e;
        }
        pause = rest(pause);
      }
    }
  }

  /** Returns how long the next pause is. */
  private static Duration rest(Duration pause) throws IOException {
    try {
      Thread.sleep(pause);
      return pause.multipliedBy(2);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while a worktree was made");
    }
  }

  private static Worktree of(
      Repository origin, Lease lease, List<String> links, Map<String, String> environment)
      throws IOException {
    return switch (Repository.find(lease.folder(), environment)) {
      case Repository.Found.Inside(Repository own, _) ->
          new Worktree(origin, lease, own, Set.copyOf(links));
      case Repository.Found.Outside(String reason) ->
          throw new GitException("the worktree " + lease.folder() + " is broken: " + reason);
    };
  }

  /** The worktree that a folder is, if it is one of ours and whole. */
  static Optional<Worktree> existing(
      Repository origin, Path folder, List<String> links, Map<String, String> environment)
      throws IOException {
    Optional<Lease> lease = Lease.of(folder);
    return lease.isPresent() && lease.get().isReady() && Files.exists(folder.resolve(".git"))
        ? Optional.of(of(origin, lease.get(), links, environment))
        : Optional.empty();
  }

  /** All that stands in it now, but for ignored files and our links. */
  TreeReader.Read read() throws IOException {
    return TreeReader.read(own, links);
  }

  /** Puts what git makes of two sides that differ into its files, with marks. */
  void unsettle(Merge.Conflicted conflicted) throws IOException {
    lease.unsettled(conflicted.files().stream().map(ConflictedFile::path).toList()).write();
    own.git().run("read-tree", "--reset", "-u", conflicted.tree());
  }

  /** Paths in which whoever works in the worktree of a folder is to put two sides together. */
  public static List<String> unsettled(Path folder) throws IOException {
    return Lease.of(folder).map(Lease::unsettled).orElse(List.of());
  }

  /** Those of them that have marks still. */
  public List<String> marked() throws IOException {
    var marked = new ArrayList<String>();
    for (String path : unsettled(folder())) {
      Path file = folder().resolve(path);
      if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
          && Markers.areIn(Files.readString(file, StandardCharsets.ISO_8859_1))) {
        marked.add(path);
      }
    }
    return marked;
  }

  /** Submodules whose commit or files were changed here; their objects exist only here. */
  public List<String> changedSubmodules() throws IOException {
    return own.git().run("diff-files", "--raw", "-z", "--ignore-submodules=none").parts().stream()
        .filter(part -> !part.startsWith(":"))
        .filter(path -> Files.exists(folder().resolve(path).resolve(".git")))
        .toList();
  }

  /** Removes it; what is in it stands in git, or is of no value. */
  public void remove() throws IOException {
    remove(origin, lease);
  }

  static void remove(Repository origin, Lease lease) throws IOException {
    Path folder = lease.folder();
    Path removed = origin.commonDir().resolve("braid").resolve("removed-" + folder.getFileName());
    try (RepositoryMutex _ = RepositoryMutex.of(origin)) {
      Folders.delete(removed);
      Path registration = registration(origin, folder);
      FaultPoint.pass("worktree.remove");
      // Half of a worktree must not be taken for one in which the rest was deleted by the task.
      lease.unready().write();
      if (registration != null) {
        // In one step: the user's git looks into all that are registered, at any time.
        Files.createDirectories(removed.resolveSibling("x").getParent());
        Files.move(registration, removed, StandardCopyOption.ATOMIC_MOVE);
      }
      FaultPoint.pass("worktree.unregistered");
      Folders.delete(folder);
      Folders.delete(removed);
    }
    lease.end();
  }

  /** What git keeps for a worktree; null when it keeps nothing. */
  private static @org.jspecify.annotations.Nullable Path registration(
      Repository origin, Path folder) throws IOException {
    Path all = origin.commonDir().resolve("worktrees");
    if (!Files.isDirectory(all)) {
      return null;
    }
    String pointer = folder.resolve(".git").toString();
    try (var each = Files.list(all)) {
      for (Path one : each.toList()) {
        if (pointer.equals(pointer(one))) {
          return one;
        }
      }
    }
    return null;
  }

  /** What a registration points to; empty for one that goes at this moment. */
  private static String pointer(Path registration) throws IOException {
    try {
      return Files.readString(registration.resolve("gitdir"), StandardCharsets.UTF_8).strip();
    } catch (NoSuchFileException _) {
      return "";
    }
  }
}

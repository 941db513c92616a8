package dev.braid.isolate;

import dev.braid.fault.FaultPoint;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Puts changes into the user's tree, all or nothing. Whoever calls it has written down the changes
 * durably, so that a swap that is cut short is taken up by {@link #redo}: a path that has its old
 * content gets the new one, a path that has the new one is done, and one that has neither is
 * somebody else's and left alone. The blobs of all contents stand in git.
 */
final class Swap {
  private final Repository repository;
  private final List<Change> changes;

  /** New files wait here; on the disk of the tree, but out of its sight. */
  private final Path stage;

  private final Map<Change, String> stagedNames = new HashMap<>();
  private final Set<Path> touched = new HashSet<>();

  Swap(Repository repository, List<Change> changes) {
    this.repository = repository;
    this.changes = inOrder(changes);
    this.stage = repository.gitDir().resolve("braid").resolve("stage");
    for (Change change : this.changes) {
      stagedNames.put(change, Integer.toString(stagedNames.size()));
    }
  }

  /** Deletions first, the deepest before the others: a folder may have to make way for a file. */
  private static List<Change> inOrder(List<Change> changes) {
    var ordered = new ArrayList<>(changes);
    ordered.sort(
        Comparator.<Change, Boolean>comparing(change -> change.after() != null)
            .thenComparing((one, other) ->
                one.after() == null
                    ? other.path().compareTo(one.path())
                    : one.path().compareTo(other.path())));
    return ordered;
  }

  /** The first path that no longer has its old content, or cannot be written without harm. */
  Optional<String> obstacle() throws IOException {
    Set<String> deleted = deleted();
    for (Change change : changes) {
      Content now = now(change);
      boolean isAsExpected =
          Objects.equals(now, change.before()) || isFolderThatGoes(now, change, deleted);
      if (!isAsExpected || leadsOut(change, deleted)) {
        return Optional.of(change.path());
      }
    }
    return Optional.empty();
  }

  private Set<String> deleted() {
    return changes.stream()
        .filter(change -> change.after() == null)
        .map(Change::path)
        .collect(Collectors.toSet());
  }

  private @Nullable Content now(Change change) throws IOException {
    return Content.in(repository.top(), change.path(), repository.objectFormat());
  }

  /** Whether a folder stands where a file was, because files were put into it. */
  private boolean isFolderThatCame(@Nullable Content now, Change change) {
    return change.after() == null
        && now != null
        && now.kind() == Content.Kind.OTHER
        && changes.stream()
            .anyMatch(each -> each.after() != null && each.path().startsWith(change.path() + "/"));
  }

  /** Whether a folder stands where a file is to be, and all in it is deleted first. */
  private boolean isFolderThatGoes(@Nullable Content now, Change change, Set<String> deleted)
      throws IOException {
    Path file = file(change);
    if (change.before() != null
        || now == null
        || !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    try (var below = Files.walk(file)) {
      return below
          .filter(each -> !Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS))
          .allMatch(each -> deleted.contains(repository.top().relativize(each).toString()));
    }
  }

  /** Whether a link or a file stands where a folder of the path has to be, and stays there. */
  private boolean leadsOut(Change change, Set<String> deleted) {
    if (change.after() == null) {
      return false;
    }
    Path folder = Path.of(change.path()).getParent();
    while (folder != null) {
      Path full = repository.top().resolve(folder);
      boolean isNoFolder =
          Files.exists(full, LinkOption.NOFOLLOW_LINKS)
              && !Files.isDirectory(full, LinkOption.NOFOLLOW_LINKS);
      if (isNoFolder && !deleted.contains(folder.toString())) {
        return true;
      }
      folder = folder.getParent();
    }
    return false;
  }

  /**
   * Makes the changes; the caller has seen that there is no obstacle.
   *
   * @return the path that somebody changed at the last moment, after all was put back; empty when
   *     all is done
   */
  Optional<String> run() throws IOException {
    var done = new ArrayList<Change>();
    stageAll(changes);
    FaultPoint.pass("apply.staged");
    for (Change change : changes) {
      if (!isReady(change)) {
        var back = new Swap(repository, done.stream().map(Change::reversed).toList());
        back.redo();
        discardStage();
        return Optional.of(change.path());
      }
      put(change);
      done.add(change);
      FaultPoint.pass("apply.renamed");
    }
    settle();
    return Optional.empty();
  }

  /**
   * Makes what is left of the changes after a crash.
   *
   * @return paths that have neither their old nor their new content; they are as they were
   */
  List<String> redo() throws IOException {
    var left = new ArrayList<Change>();
    var strange = new ArrayList<String>();
    Set<String> deleted = deleted();
    for (Change change : changes) {
      Content now = now(change);
      if (Objects.equals(now, change.before()) || isFolderThatGoes(now, change, deleted)) {
        left.add(change);
      } else if (!Objects.equals(now, change.after()) && !isFolderThatCame(now, change)) {
        strange.add(change.path());
      }
    }
    stageAll(left);
    for (Change change : inOrder(left)) {
      if (isReady(change)) {
        put(change);
      } else {
        strange.add(change.path());
      }
    }
    settle();
    return strange;
  }

  /**
   * Whether a change can be made at this moment, deletions before it having been made: nothing is
   * written through a link, which may lead out of the tree, and no folder goes with a file in it.
   */
  private boolean isReady(Change change) throws IOException {
    Content now = now(change);
    return !leadsOut(change, Set.of())
        && (Objects.equals(now, change.before()) || isFolderThatGoes(now, change, Set.of()));
  }

  private Path file(Change change) {
    return repository.top().resolve(change.path());
  }

  // --- new files, out of sight ---

  private void stageAll(List<Change> wanted) throws IOException {
    discardStage();
    Files.createDirectories(stage);
    var files = new ArrayList<Path>();
    var contents = new ArrayList<Content>();
    for (Change change : wanted) {
      Content after = change.after();
      if (after != null) {
        files.add(staged(change));
        contents.add(after);
      }
    }
    Blobs.read(
        repository.git(),
        contents.stream().map(Content::id).toList(),
        (index, bytes) -> {
          write(files.get(index), contents.get(index).kind(), bytes);
          FaultPoint.pass("apply.stage");
        });
    sync(stage);
  }

  private Path staged(Change change) {
    return stage.resolve(Objects.requireNonNull(stagedNames.get(change), "a change of this swap"));
  }

  private static void write(Path file, Content.Kind kind, byte[] bytes) throws IOException {
    if (kind == Content.Kind.LINK) {
      Files.createSymbolicLink(file, Path.of(new String(bytes, StandardCharsets.UTF_8)));
      return;
    }
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      var buffer = java.nio.ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        int _ = channel.write(buffer);
      }
      channel.force(true);
    }
    if (kind == Content.Kind.PROGRAM) {
      makeProgram(file);
    }
  }

  /** Who may read it may execute it, as git has it. */
  private static void makeProgram(Path file) throws IOException {
    Set<PosixFilePermission> may = Files.getPosixFilePermissions(file);
    may.add(PosixFilePermission.OWNER_EXECUTE);
    if (may.contains(PosixFilePermission.GROUP_READ)) {
      may.add(PosixFilePermission.GROUP_EXECUTE);
    }
    if (may.contains(PosixFilePermission.OTHERS_READ)) {
      may.add(PosixFilePermission.OTHERS_EXECUTE);
    }
    Files.setPosixFilePermissions(file, may);
  }

  private void discardStage() throws IOException {
    Folders.delete(stage);
  }

  // --- the tree ---

  private void put(Change change) throws IOException {
    Path file = file(change);
    if (change.after() == null) {
      Files.deleteIfExists(file);
      removeEmptyParents(file);
      return;
    }
    Path folder = Objects.requireNonNull(file.getParent(), "a path has a folder");
    if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
      removeEmptyFolders(file);
    }
    Files.createDirectories(folder);
    keepMode(change, file);
    move(staged(change), file);
    touched.add(folder);
  }

  /** What git does not know of a mode, such as who else may read it, stays as it is. */
  private void keepMode(Change change, Path file) throws IOException {
    Content before = change.before();
    Content after = change.after();
    if (before != null
        && after != null
        && before.kind() == after.kind()
        && before.kind() != Content.Kind.LINK) {
      Files.setPosixFilePermissions(staged(change), Files.getPosixFilePermissions(file));
    }
  }

  /** In one step; where the tree is on another disk than its git folder, by a file beside it. */
  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (java.nio.file.AtomicMoveNotSupportedException _) {
      Path beside = to.resolveSibling(".braid-" + to.getFileName());
      Files.copy(
          from,
          beside,
          LinkOption.NOFOLLOW_LINKS,
          StandardCopyOption.COPY_ATTRIBUTES,
          StandardCopyOption.REPLACE_EXISTING);
      if (!Files.isSymbolicLink(beside)) {
        sync(beside);
      }
      Files.move(beside, to, StandardCopyOption.ATOMIC_MOVE);
      Files.delete(from);
    }
  }

  /** As git does: a folder is only there for its files. */
  private void removeEmptyParents(Path file) throws IOException {
    Path folder = file.getParent();
    while (folder != null && !folder.equals(repository.top())) {
      try {
        Files.deleteIfExists(folder);
        touched.remove(folder);
      } catch (DirectoryNotEmptyException _) {
        touched.add(folder);
        return;
      }
      folder = folder.getParent();
    }
    touched.add(repository.top());
  }

  private static void removeEmptyFolders(Path folder) throws IOException {
    try (var below = Files.walk(folder)) {
      // Folders only: one with a file in it is refused by the disk, and the file is safe.
      for (Path each :
          below
              .filter(one -> Files.isDirectory(one, LinkOption.NOFOLLOW_LINKS))
              .sorted(Comparator.reverseOrder())
              .toList()) {
        Files.delete(each);
      }
    }
  }

  /** Makes all of it last. */
  private void settle() throws IOException {
    for (Path folder : touched) {
      if (Files.isDirectory(folder)) {
        sync(folder);
      }
    }
    discardStage();
  }

  private static void sync(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}

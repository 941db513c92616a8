package dev.braid.run;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.isolate.ConflictedFile;
import dev.braid.isolate.Integration;
import dev.braid.isolate.Joined;
import dev.braid.isolate.TreeChange;
import dev.braid.isolate.Work;
import dev.braid.isolate.Worktree;
import dev.braid.result.Failure;
import dev.braid.store.FileKey;
import dev.braid.task.Task;
import dev.braid.task.TaskType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A worktree of a task's own. Whatever becomes of the task, what it changed is kept in git; when it
 * succeeded its work is put to that of the others, and what git says of it is what its result says.
 */
final class ApartWorkspace implements Workspace {
  /** So many files are named in a line for people. */
  private static final int MAX_NAMED = 5;

  /** Their results hold in {@code files} what was found or read, not what was written. */
  private static final Set<TaskType> FINDING = EnumSet.of(TaskType.SEARCH, TaskType.FILE_READ);

  private final Task task;
  private final boolean isFinding;
  private final Integration integration;
  private final Path below;
  private final Verification verification;

  /** What a person should know of the worktree; the first task to have one tells it. */
  private List<String> notices = List.of();

  ApartWorkspace(Task task, TaskType type, Placement.Apart placement, Verification verification) {
    this.task = task;
    this.isFinding = FINDING.contains(type);
    this.integration = placement.integration();
    this.below = placement.below();
    this.verification = verification;
  }

  private String key() {
    return FileKey.of(task.id());
  }

  @Override
  public Path start() {
    return integration.place(key()).resolve(below);
  }

  @Override
  public void prepare() throws IOException {
    Worktree worktree = integration.open(key());
    Files.createDirectories(worktree.folder().resolve(below));
    notices = integration.notices();
  }

  @Override
  public boolean isPassing() {
    return true;
  }

  @Override
  public Verdict bringBack(Verdict verdict) throws IOException {
    Optional<Worktree> worktree = integration.existing(key());
    if (!(verdict instanceof Verdict.Judged judged) || worktree.isEmpty()) {
      return verdict;
    }
    List<String> marked = worktree.get().marked();
    if (!marked.isEmpty()) {
      return unsettled(judged, marked);
    }
    Optional<Work> work = integration.keep(worktree.get(), key(), task.subject());
    List<TreeChange> changes = work.map(Work::changes).orElse(List.of());
    Verdict.Judged checked = judged;
    if (!isFinding) {
      if (judged.failure() == null && task.needsModel()) {
        checked = check(judged, changes);
      }
      putFiles(checked.fields(), changes);
    }
    for (String notice : notices) {
      checked = checked.warned(notice);
    }
    List<String> submodules = worktree.get().changedSubmodules();
    if (!submodules.isEmpty()) {
      checked =
          checked.warned(
              "it changed "
                  + named(submodules)
                  + ", a repository of its own: that stays in "
                  + worktree.get().folder());
    }
    List<String> strange = integration.changedMeanwhile();
    if (!strange.isEmpty()) {
      checked =
          checked.warned(
              "while it ran, files changed in your own tree, by you or by a task: "
                  + named(strange));
    }
    if (work.isEmpty()) {
      return checked;
    }
    checked.fields().put("commit", work.get().commit());
    return checked.failure() == null ? join(checked, work.get()) : checked;
  }

  /** Nobody put both sides together; what the task did before is what is kept of it. */
  private Verdict unsettled(Verdict.Judged judged, List<String> marked) throws IOException {
    Optional<Work> work = integration.kept(key());
    work.ifPresent(kept -> judged.fields().put("commit", kept.commit()));
    if (!isFinding) {
      putFiles(judged.fields(), work.map(Work::changes).orElse(List.of()));
    }
    String error = judged.error() == null ? "" : judged.error() + "; ";
    return judged.failed(
        Failure.CONFLICT, error + "marks of both sides are left in " + named(marked));
  }

  /** Work of several tasks is put together one by one, with what verifies it. */
  private Verdict join(Verdict.Judged judged, Work work) throws IOException {
    synchronized (integration) {
      return switch (integration.join(work, key(), task.subject())) {
        case Joined.Conflict(List<ConflictedFile> files) -> {
          putConflicts(judged.fields(), files);
          yield judged.failed(
              Failure.CONFLICT,
              "others changed the same places in "
                  + named(files.stream().map(ConflictedFile::path).toList())
                  + "; its work is kept: see braid diff, settle it with braid resolve");
        }
        case Joined.Fits fits -> put(judged, fits);
      };
    }
  }

  private Verdict put(Verdict.Judged judged, Joined.Fits fits) throws IOException {
    String problem = verification.problemWith(integration, fits, key());
    if (problem != null) {
      return judged.failed(Failure.VERIFY, problem + "; its work is kept: see braid diff");
    }
    integration.advance(fits);
    return judged;
  }

  // --- what it says, and what git says ---

  private Verdict.Judged check(Verdict.Judged judged, List<TreeChange> changes) {
    Set<Path> changed = new HashSet<>();
    for (TreeChange change : changes) {
      Path path = Path.of(change.path());
      while (path != null) {
        changed.add(path);
        path = path.getParent();
      }
    }
    var unchanged = new ArrayList<String>();
    for (var claim : judged.fields().path("files")) {
      String name = claim.asText();
      Path path = inTree(name);
      if (path == null || !changed.contains(path)) {
        if (path == null || !Files.exists(integration.place(key()).resolve(path))) {
          return judged.failed(
              Failure.UNVERIFIED, "it says that it wrote " + name + ", which is not there");
        }
        unchanged.add(name);
      }
    }
    boolean isEmpty = changes.isEmpty() && !unchanged.isEmpty();
    if (isEmpty) {
      return judged.failed(
          Failure.UNVERIFIED,
          "it says that it wrote " + named(unchanged) + ", which is as it was before");
    }
    return unchanged.isEmpty()
        ? judged
        : judged.warned("it names files that it did not change: " + named(unchanged));
  }

  /** A file as the task names it, relative to the top of the tree; null for one elsewhere. */
  private @Nullable Path inTree(String name) {
    Path top = integration.place(key());
    try {
      Path path = Path.of(name);
      Path origin = integration.repository().top();
      Path full =
          path.isAbsolute() && path.startsWith(origin)
              ? top.resolve(origin.relativize(path))
              : top.resolve(below).resolve(path).normalize();
      return full.startsWith(top) ? top.relativize(full) : null;
    } catch (InvalidPathException _) {
      return null;
    }
  }

  private static void putFiles(ObjectNode fields, List<TreeChange> changes) {
    ArrayNode files = fields.putArray("files");
    changes.forEach(change -> files.add(change.path()));
  }

  private static void putConflicts(ObjectNode fields, List<ConflictedFile> files) {
    ArrayNode conflicts = fields.putArray("conflicts");
    for (ConflictedFile file : files) {
      ObjectNode node = conflicts.addObject().put("path", file.path()).put("reason", file.reason());
      ArrayNode hunks = node.putArray("hunks");
      for (ConflictedFile.Hunk hunk : file.hunks()) {
        hunks
            .addObject()
            .put("line", hunk.line())
            .put("ours", hunk.ours())
            .put("theirs", hunk.theirs());
      }
    }
  }

  private static String named(List<String> files) {
    String first = String.join(", ", files.subList(0, Math.min(MAX_NAMED, files.size())));
    int rest = files.size() - MAX_NAMED;
    return rest > 0 ? first + " and " + rest + " more" : first;
  }
}

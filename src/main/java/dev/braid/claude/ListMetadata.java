package dev.braid.claude;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.intake.Excerpt;
import dev.braid.intake.TaskField;
import dev.braid.intake.Warnings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/**
 * The metadata of listed tasks, where Braid's own fields stand. A model writes it without asking
 * anybody, so what would widen a worker's rights counts only when the person said so.
 */
final class ListMetadata {
  /** What a worker does outside Claude Code's permissions, or how wide these are. */
  private static final Set<TaskField> RIGHTS =
      Set.of(
          TaskField.COMMAND,
          TaskField.ENV,
          TaskField.ALLOWED_TOOLS,
          TaskField.PERMISSION_MODE,
          TaskField.MAX_BUDGET_USD);

  /** Where a list says what Braid may do with a task. */
  private static final String BRAID = "braid";

  /** Notes that Braid leaves for itself, such as {@code braid_run}. */
  private static final String NOTES = "braid_";

  /** What a list says about running a task beside others. */
  enum Wish {
    /** It depends on none of its neighbours. */
    PARALLEL,
    /** It stays with the session. */
    STAYS,
    UNSAID
  }

  private final Path sessionFolder;
  private final boolean trusted;
  private final Warnings warnings;

  /**
   * @param sessionFolder the only folder, with those below it, that tasks may choose to work in
   * @param trusted whether metadata may widen rights and leave the folder
   */
  ListMetadata(Path sessionFolder, boolean trusted, Warnings warnings) {
    this.sessionFolder = sessionFolder;
    this.trusted = trusted;
    this.warnings = warnings;
  }

  Wish wish(ListedTask task) {
    var given = task.metadata().path(BRAID);
    return switch (given.asText()) {
      case "parallel" -> Wish.PARALLEL;
      case "no" -> Wish.STAYS;
      default -> {
        if (!given.isMissingNode() && !given.isNull()) {
          warn(task, "metadata.braid is neither \"parallel\" nor \"no\"");
        }
        yield Wish.UNSAID;
      }
    };
  }

  /** Copies the fields that count into a task; each one that does not becomes a warning. */
  void copyTo(ObjectNode node, ListedTask task) {
    for (var property : task.metadata().properties()) {
      String name = property.getKey();
      boolean ours = name.equals(BRAID) || name.startsWith(NOTES);
      if (!ours && !property.getValue().isNull() && counts(task, property)) {
        node.set(name, property.getValue());
      }
    }
  }

  private boolean counts(ListedTask task, Map.Entry<String, JsonNode> property) {
    String name = property.getKey();
    if (ListedTask.NATIVE_FIELDS.contains(name)) {
      warn(task, "metadata." + name + " is ignored: it is a field of the task itself");
      return false;
    }
    var field = TaskField.named(name);
    if (trusted || field.isEmpty()) {
      return true;
    }
    if (RIGHTS.contains(field.get())) {
      warn(task, "metadata." + name + " is ignored: trust_list_metadata is off");
      return false;
    }
    if (field.get() == TaskField.CWD && leavesFolder(property.getValue())) {
      String cwd = Excerpt.of(property.getValue().asText());
      warn(task, "metadata.cwd is ignored: " + cwd + " is outside the session's folder");
      return false;
    }
    return true;
  }

  private boolean leavesFolder(JsonNode cwd) {
    if (!cwd.isTextual()) {
      return false; // refused later, for its type
    }
    if (cwd.textValue().startsWith("~")) {
      return true;
    }
    try {
      var folder = sessionFolder.toAbsolutePath().normalize();
      // As written, for a link followed by .. leads elsewhere than its text says.
      var chosen = folder.resolve(cwd.textValue());
      return !chosen.normalize().startsWith(folder)
          || !real(chosen).startsWith(folder.toRealPath());
    } catch (InvalidPathException | IOException unclear) {
      return true;
    }
  }

  /** The path with links followed as far as it exists; a link to nothing is an error. */
  private static Path real(Path path) throws IOException {
    Path existing = path;
    while (!Files.exists(existing, LinkOption.NOFOLLOW_LINKS) && existing.getParent() != null) {
      existing = existing.getParent();
    }
    int depth = existing.getNameCount();
    return depth == path.getNameCount()
        ? existing.toRealPath()
        : existing.toRealPath().resolve(path.subpath(depth, path.getNameCount())).normalize();
  }

  private void warn(ListedTask task, String what) {
    warnings.add("task " + task.id() + ": " + what);
  }
}

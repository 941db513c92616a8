package dev.braid.isolate;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * One path that differs between two trees.
 *
 * @param path relative to the top of the repository, with {@code /} between its parts
 * @param how what happened to it
 * @param oldMode mode before, as git writes it; {@code 000000} for a path that was not there
 * @param newMode mode after
 * @param oldId name of the object before
 * @param newId name of the object after
 */
public record TreeChange(
    String path, How how, String oldMode, String newMode, String oldId, String newId) {
  private static final String NO_FILE = "000000";
  private static final String REPOSITORY = "160000";

  /** What happened to a path. */
  public enum How {
    ADDED,
    CHANGED,
    DELETED
  }

  /** Whether it names a commit of another repository, and no file. */
  boolean isRepository() {
    return oldMode.equals(REPOSITORY) || newMode.equals(REPOSITORY);
  }

  boolean isInOld() {
    return !oldMode.equals(NO_FILE);
  }

  boolean isInNew() {
    return !newMode.equals(NO_FILE);
  }

  /** All differences, in the order of their paths; renames are a deletion and an addition. */
  static List<TreeChange> between(Git git, String from, String to) throws IOException {
    List<String> parts =
        git.run("diff-tree", "-r", "-z", "--raw", "--no-renames", "--full-index", from, to).parts();
    var changes = new ArrayList<TreeChange>();
    for (int i = 0; i + 1 < parts.size(); i += 2) {
      // :100644 100644 <old> <new> M
      List<String> fields = List.of(parts.get(i).substring(1).split(" "));
      How how =
          switch (fields.get(4).charAt(0)) {
            case 'A' -> How.ADDED;
            case 'D' -> How.DELETED;
            default -> How.CHANGED;
          };
      changes.add(
          new TreeChange(
              parts.get(i + 1), how, fields.get(0), fields.get(1), fields.get(2), fields.get(3)));
    }
    return changes;
  }
}

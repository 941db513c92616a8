package dev.braid.claude;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The folders {@code .claude} whose skills and agents a session in a folder has. */
final class ProjectFolders {
  /** Folders above that are looked at. */
  private static final int MAX_DEPTH = 64;

  private ProjectFolders() {}

  /** From the folder up to its repository's top, then the user's own. */
  static List<Path> of(Path cwd, Path root) {
    var folders = new ArrayList<Path>();
    Path each = cwd.toAbsolutePath().normalize();
    for (int depth = 0; each != null && depth < MAX_DEPTH; depth++) {
      folders.add(each.resolve(".claude"));
      if (Files.exists(each.resolve(".git"))) {
        break;
      }
      each = each.getParent();
    }
    folders.add(root);
    return folders;
  }
}

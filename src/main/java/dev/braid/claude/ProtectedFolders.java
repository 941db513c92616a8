package dev.braid.claude;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;

/**
 * Folders that a worker must not change, as settings of Claude Code for one process. A rule that
 * denies wins over every permission mode; one for {@code Edit} is for all tools that change files.
 */
final class ProtectedFolders {
  /** What means something in a pattern of Claude Code, which reads them as git reads .gitignore. */
  private static final String SPECIAL = "[]()!#";

  /** What cannot be said exactly there; a question mark is for any one character. */
  private static final String UNSAYABLE = "\\*?{}";

  private ProtectedFolders() {}

  static String settings(List<Path> folders) {
    ObjectNode settings = JsonNodeFactory.instance.objectNode();
    ArrayNode deny = settings.putObject("permissions").putArray("deny");
    for (Path folder : folders) {
      // Two slashes begin an absolute path.
      deny.add("Edit(/" + escaped(folder.toString()) + "/**)");
    }
    return settings.toString();
  }

  private static String escaped(String path) {
    var text = new StringBuilder();
    for (int i = 0; i < path.length(); i++) {
      char each = path.charAt(i);
      if (SPECIAL.indexOf(each) >= 0) {
        text.append('\\');
      }
      text.append(UNSAYABLE.indexOf(each) >= 0 ? '?' : each);
    }
    return text.toString();
  }
}

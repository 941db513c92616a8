package dev.braid.resource;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What a temporary skill or agent may be called: it becomes a folder, a link and a command. */
final class ResourceName {
  static final int MAX_LENGTH = 64;

  private static final Pattern GOOD = Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?");

  /** Folders of ours, and words that Claude Code keeps for itself. */
  private static final Set<String> RESERVED = Set.of("temp", "trash", "claude", "anthropic");

  /** What older or other programs may have registered: no path leads out of a folder by it. */
  private static final Pattern SAFE = Pattern.compile("\\w[\\w.-]{0,127}");

  private ResourceName() {}

  /** Whether it can be the name of a file. */
  static boolean isSafe(String name) {
    return SAFE.matcher(name).matches();
  }

  /** Why it may not be called that; empty when it may. */
  static Optional<String> problem(String name) {
    if (name.length() > MAX_LENGTH) {
      return Optional.of("a name has at most " + MAX_LENGTH + " characters");
    }
    if (!GOOD.matcher(name).matches()) {
      return Optional.of("a name is made of a-z, 0-9 and single places of - between them");
    }
    return RESERVED.contains(name)
        ? Optional.of("the name " + name + " is reserved")
        : Optional.empty();
  }
}

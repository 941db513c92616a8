package dev.braid.config;

import java.nio.file.Path;

/**
 * The folder of the user, and what {@code ~} in a setting stands for.
 *
 * @param folder what {@code ~} means
 * @param places what {@code ~/.claude} means, also where {@code $CLAUDE_CONFIG_DIR} moved it: the
 *     defaults are written that way
 */
public record Home(Path folder, Places places) {
  private static final String TILDE = "~";
  private static final String CLAUDE = "~/.claude";

  /** For settings that name nothing of the user's but what is below the root, as the defaults. */
  static Home of(Places places) {
    return new Home(places.root(), places);
  }

  /** Resolves a leading {@code ~}; anything else is left as it is, {@code ~name} too. */
  public Path expand(String text) {
    if (isAtOrBelow(CLAUDE, text)) {
      return below(places.root(), text.substring(CLAUDE.length()));
    }
    if (isAtOrBelow(TILDE, text)) {
      return below(folder, text.substring(TILDE.length()));
    }
    return Path.of(text);
  }

  private static boolean isAtOrBelow(String prefix, String text) {
    return text.equals(prefix) || text.startsWith(prefix + "/");
  }

  private static Path below(Path folder, String rest) {
    return folder.resolve(rest.replaceFirst("^/+", "")).normalize();
  }
}

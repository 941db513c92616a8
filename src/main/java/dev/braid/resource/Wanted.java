package dev.braid.resource;

import java.nio.file.Path;
import java.util.List;

/**
 * A skill or agent that somebody wants to have made.
 *
 * @param description what it is for, on one line
 * @param details capabilities of a skill, tools of an agent; no tools means all
 * @param cwd folder whose project may have one of that name already
 * @param by who wants it, for the registry
 */
public record Wanted(
    ResourceKind kind, String name, String description, List<String> details, Path cwd, String by) {
  private static final int MAX_DESCRIPTION = 1_024;
  private static final int MAX_DETAIL = 300;
  private static final int MAX_DETAILS = 50;

  /** Its texts are made to fit: one line each, not too long, not too many. */
  public Wanted {
    description = line(description, MAX_DESCRIPTION);
    details =
        details.stream()
            .map(each -> line(each, MAX_DETAIL))
            .filter(each -> !each.isEmpty())
            .distinct()
            .limit(MAX_DETAILS)
            .toList();
  }

  private static String line(String text, int most) {
    String line = text.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
    return line.length() <= most ? line : line.substring(0, most).strip();
  }

  Named named() {
    return new Named(kind, name);
  }
}

package dev.braid.task;

import java.util.Optional;

/**
 * Something that a task holds while it runs. Two uses of one name exclude each other unless both
 * only read.
 *
 * @param name {@code file:<path>}, {@code git:<repo>}, {@code db:<name>}, {@code port:<n>} or
 *     {@code lock:<any>}
 * @param access whether others may read it at the same time
 */
public record ResourceUse(String name, Access access) {
  /** How a resource is used. */
  public enum Access {
    READ,
    WRITE
  }

  private static final String READ_PREFIX = "read:";

  /** Reads {@code [read:]<kind>:<name>}; empty when the kind is unknown or the name missing. */
  public static Optional<ResourceUse> parse(String text) {
    boolean reads = text.startsWith(READ_PREFIX);
    String name = reads ? text.substring(READ_PREFIX.length()) : text;
    int colon = name.indexOf(':');
    if (colon < 1 || name.substring(colon + 1).isBlank()) {
      return Optional.empty();
    }
    return switch (name.substring(0, colon)) {
      case "file", "git", "db", "port", "lock" ->
          Optional.of(new ResourceUse(name, reads ? Access.READ : Access.WRITE));
      default -> Optional.empty();
    };
  }

  public static ResourceUse writing(String name) {
    return new ResourceUse(name, Access.WRITE);
  }

  /** The notation of task files, the inverse of {@link #parse}. */
  public String wireName() {
    return access == Access.READ ? READ_PREFIX + name : name;
  }
}

package dev.braid.dashboard;

import java.util.Optional;

/** The files of the page. */
public final class Assets {
  /**
   * A file.
   *
   * @param type of its content, for browsers
   */
  public record Asset(String type, String text) {}

  private Assets() {}

  /** The file of that name; empty for one that is not of the page. */
  public static Optional<Asset> find(String name) {
    return name.isEmpty()
        ? Optional.of(new Asset("text/html; charset=utf-8", ""))
        : Optional.empty();
  }
}

package dev.braid.install;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Files that the program brings along. */
final class Shipped {
  private Shipped() {}

  /**
   * The text of one.
   *
   * @param name such as {@code /templates/hooks.json}
   */
  static String text(String name) throws IOException {
    try (InputStream in = Objects.requireNonNull(Shipped.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}

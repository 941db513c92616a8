package dev.braid.config;

/** How a person is told that a run is over which took long. */
public sealed interface Notify {
  /** By the desktop, where there is one. */
  record Desktop() implements Notify {}

  /** Not at all. */
  record Off() implements Notify {}

  /**
   * By a command of the person's own.
   *
   * @param line for a shell
   */
  record Command(String line) implements Notify {}

  /** What a text in the file stands for. */
  static Notify of(String text) {
    return switch (text) {
      case "auto" -> new Desktop();
      case "off" -> new Off();
      default -> new Command(text);
    };
  }

  /** As it stands in the file. */
  default String text() {
    return switch (this) {
      case Desktop _ -> "auto";
      case Off _ -> "off";
      case Command(String line) -> line;
    };
  }
}

package dev.braid.watch;

/** How changes are noticed. */
public sealed interface Mode {
  /** The operating system tells of them. */
  record Native() implements Mode {}

  /**
   * All files are looked at again and again.
   *
   * @param why the operating system does not tell, in words
   */
  record Polling(String why) implements Mode {}
}

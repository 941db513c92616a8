package dev.braid.install;

import java.io.IOException;
import java.util.List;

/** One thing that an installation does. Doing it twice changes nothing. */
interface Step {
  /**
   * What it would write now, for people: a line each, indented where it belongs to the line before.
   * Empty when all is as it should be.
   */
  List<String> preview() throws IOException;

  /**
   * Does it, and says what a person should know of it; mostly nothing.
   *
   * @throws IOException when it cannot be done: what was being done to what
   */
  List<String> perform() throws IOException;
}

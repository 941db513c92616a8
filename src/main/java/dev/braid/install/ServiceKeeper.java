package dev.braid.install;

import java.io.IOException;

/** What of the system runs services of the user. Commands to it have a deadline. */
public interface ServiceKeeper {
  /** How a service stands. */
  enum State {
    RUNNING,
    STOPPED,
    FAILED,
    UNKNOWN
  }

  /** Its name, for people. */
  String name();

  /** The text of the file that describes the service of a layout. */
  String file(Layout layout) throws IOException;

  State state(Layout layout) throws IOException;

  /** Makes the service known, lets it start with the user's sessions, and starts it. */
  void enable(Layout layout) throws IOException;

  /** Starts it, unless it runs. */
  void start(Layout layout) throws IOException;

  /** Starts it again, with the program as it is now. */
  void restart(Layout layout) throws IOException;

  /** Stops it and makes it unknown; its file is still there. */
  void disable(Layout layout) throws IOException;

  /** Lets the system see that the file is gone. */
  void forget(Layout layout) throws IOException;

  /** What a person should know of it; empty for nothing. */
  String advice(Layout layout) throws IOException;
}

package dev.braid.isolate;

import java.io.IOException;
import java.io.Serial;

/** Git did not do what it was asked; the message is one line that says what and why. */
public final class GitException extends IOException {
  @Serial private static final long serialVersionUID = 1;

  GitException(String message) {
    super(message);
  }
}

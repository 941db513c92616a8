package dev.braid.run;

import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Failures of the machine in words for a person. */
final class Failures {
  private Failures() {}

  /** One line: what was being done, and what the system said. */
  static String inWords(Throwable failure) {
    Throwable outer =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    Throwable cause = outer.getCause();
    String line = cause == null ? said(outer) : withCause(outer.getMessage(), said(cause));
    return line.replaceAll("\\p{Cntrl}+", " ");
  }

  /** What is in words already has its cause in them. */
  private static String withCause(@Nullable String message, String cause) {
    return message != null && message.endsWith(cause) ? message : message + ": " + cause;
  }

  private static String said(Throwable failure) {
    return failure instanceof OutOfMemoryError
        ? "too little memory: " + failure.getMessage()
        : failure.toString();
  }
}

package dev.braid.run;

import java.util.concurrent.CompletionException;

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
    String line = cause == null ? said(outer) : outer.getMessage() + ": " + said(cause);
    return line.replaceAll("\\p{Cntrl}+", " ");
  }

  private static String said(Throwable failure) {
    return failure instanceof OutOfMemoryError
        ? "too little memory: " + failure.getMessage()
        : failure.toString();
  }
}

package dev.braid.cli;

import picocli.CommandLine.Option;

/** Whether what is for people has colours. */
final class ColorOption {
  /** When colours are used. */
  enum When {
    /** On a terminal, unless {@code NO_COLOR} is set. */
    auto,
    always,
    never
  }

  @Option(
      names = "--color",
      paramLabel = "WHEN",
      description = "Colours: auto, always or never (default: ${DEFAULT-VALUE}; NO_COLOR counts).")
  private When when = When.auto;

  /** What a terminal is to show. */
  Look look(Invocation invocation) {
    boolean isUnwished = !invocation.environment().getOrDefault("NO_COLOR", "").isEmpty();
    boolean color = when == When.always || (when == When.auto && !isUnwished);
    return new Look(invocation.terminal().unicode(), color);
  }
}

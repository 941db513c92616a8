package dev.braid.hook;

import dev.braid.config.Places;
import dev.braid.plan.Decision;
import dev.braid.run.NotRun;
import java.io.IOException;
import java.time.InstantSource;
import java.util.function.Consumer;

/** Remembers what was looked at and not run, for {@code braid runs} and the log. */
final class Considered {
  private final NotRun notRun;
  private final Consumer<String> log;

  Considered(Places places, InstantSource clock, Consumer<String> log) {
    this.notRun = new NotRun(places, clock);
    this.log = log;
  }

  /** Nothing of a list was taken over. */
  void left(String list, int tasks, Decision decision) {
    log.accept(
        "list %s, %d tasks: nothing is taken over: %s".formatted(list, tasks, decision.reason()));
    try {
      notRun.remember("list " + list, tasks, decision);
    } catch (IOException e) {
      log.accept("that is not shown by braid runs: " + e.getMessage());
    }
  }
}

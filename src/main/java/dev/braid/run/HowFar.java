package dev.braid.run;

import java.util.List;
import java.util.function.Consumer;

/**
 * Tells somebody how far the runs of an engine are, when that changed. Used by the engine's thread
 * alone.
 */
final class HowFar {
  private Consumer<List<Standing>> interested = _ -> {};
  private List<Standing> told = List.of();

  /** Tells this one from now on. */
  void tell(Consumer<List<Standing>> one) {
    interested = one;
  }

  void look(List<OwnedRun> runs) {
    List<Standing> now = runs.stream().map(OwnedRun::standing).toList();
    if (!now.equals(told)) {
      told = now;
      interested.accept(now);
    }
  }
}

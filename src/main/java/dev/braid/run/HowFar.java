package dev.braid.run;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells somebody how far the runs of an engine are, when that changed. Used by the engine's thread
 * alone.
 */
final class HowFar {
  private @Nullable Consumer<List<Standing>> interested;
  private List<Standing> told = List.of();

  /** Tells this one from now on. */
  void tell(Consumer<List<Standing>> one) {
    interested = one;
  }

  void look(List<OwnedRun> runs) {
    if (interested == null) {
      return;
    }
    List<Standing> now = runs.stream().map(OwnedRun::standing).toList();
    if (!now.equals(told)) {
      told = now;
      interested.accept(now);
    }
  }
}

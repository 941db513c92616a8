package dev.braid.crash;

import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** What goes on while it is struck, and who may be struck. */
enum Plot {
  ALONE(30, Victim.ENGINE, Victim.ENGINE, Victim.WRAPPER, Victim.CHILD, Victim.ALL),
  DAEMON(25, Victim.ENGINE, Victim.CLIENT, Victim.WRAPPER, Victim.CHILD, Victim.ALL),
  WORKTREES(10, Victim.ENGINE, Victim.ENGINE, Victim.WRAPPER, Victim.CHILD, Victim.ALL),
  LIST(20, Victim.ENGINE, Victim.ENGINE, Victim.CLIENT, Victim.CHILD, Victim.ALL),
  WORKERS(10, Victim.ENGINE, Victim.ENGINE, Victim.WRAPPER, Victim.CHILD, Victim.ALL),
  RESOURCES(2, Victim.ENGINE),
  REMOVAL(1, Victim.ENGINE),
  CLAUDE(2, Victim.ENGINE, Victim.WRAPPER, Victim.CHILD, Victim.ALL);

  private final int weight;
  private final List<Victim> victims;

  Plot(int weight, Victim... victims) {
    this.weight = weight;
    this.victims = List.of(victims);
  }

  static Plot any(SplittableRandom random) {
    int sum = 0;
    for (Plot plot : values()) {
      sum += plot.weight;
    }
    int left = random.nextInt(sum);
    for (Plot plot : values()) {
      left -= plot.weight;
      if (left < 0) {
        return plot;
      }
    }
    throw new AssertionError(left);
  }

  Victim anyVictim(SplittableRandom random) {
    return victims.get(random.nextInt(victims.size()));
  }

  /**
   * A scene of it.
   *
   * @param fault the last one at which the engine is to die; null for none
   */
  Scene open(SplittableRandom random, @Nullable Fault fault) {
    return switch (this) {
      case ALONE -> new CommandScene(random);
      case DAEMON -> new DaemonScene(random, fault);
      case WORKTREES -> new WorktreeScene(random);
      case LIST -> new ListScene(random, fault);
      case WORKERS -> new WorkerScene(random);
      case RESOURCES -> new ResourceScene(random, fault);
      case REMOVAL -> new RemovalScene(random);
      case CLAUDE -> new ClaudeScene(random);
    };
  }
}

package dev.braid.crash;

import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** What goes on while it is struck, and who may be struck. */
enum Plot {
  ALONE(30),
  DAEMON(25),
  WORKTREES(10),
  LIST(20),
  WORKERS(10),
  RESOURCES(2),
  REMOVAL(1),
  CLAUDE(2);

  private final int weight;

  Plot(int weight) {
    this.weight = weight;
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
    List<Victim> victims = victims();
    return victims.get(random.nextInt(victims.size()));
  }

  /** Who may be struck; the more often, the likelier. */
  private List<Victim> victims() {
    return switch (this) {
      case ALONE, WORKTREES, WORKERS ->
          List.of(Victim.ENGINE, Victim.ENGINE, Victim.WRAPPER, Victim.CHILD, Victim.ALL);
      case DAEMON ->
          List.of(Victim.ENGINE, Victim.CLIENT, Victim.WRAPPER, Victim.CHILD, Victim.ALL);
      case LIST -> List.of(Victim.ENGINE, Victim.ENGINE, Victim.CLIENT, Victim.CHILD, Victim.ALL);
      case CLAUDE -> List.of(Victim.ENGINE, Victim.WRAPPER, Victim.CHILD, Victim.ALL);
      case RESOURCES, REMOVAL -> List.of(Victim.ENGINE);
    };
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

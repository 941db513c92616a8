package dev.braid.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One round of a campaign: work, blows, recovery, and a look at what is left. All of it follows
 * from its seed: even seeds take the known faults one after the other, odd ones strike anywhere.
 */
record Round(long seed, Plot plot, List<Blow> blows) {
  /**
   * What must be enough for the next owner to know what there is and go on, in milliseconds. The
   * system property is for a machine that is busy with something else.
   */
  static final Duration RECOVERY =
      Duration.ofMillis(Integer.getInteger("braid.crash.recovery", 3_000));

  /** A work is struck within this time, in milliseconds; most has ended by then. */
  private static final int MOMENTS = 1_300;

  /** The same for processes of attempts, for which a blow waits. */
  private static final int MOMENTS_OF_ATTEMPTS = 700;

  private static final int MAX_BLOWS = 3;
  private static final int MAX_PASSAGE = 6;

  static Round of(long seed) {
    var random = new SplittableRandom(seed);
    if (Math.floorMod(seed, 2) == 0) {
      int index = Math.toIntExact(Math.floorMod(seed / 2, (long) Faults.ALL.size()));
      return of(seed, Faults.ALL.get(index), 1, random);
    }
    if (random.nextInt(3) == 0) {
      Faults.Known known = Faults.ALL.get(random.nextInt(Faults.ALL.size()));
      return of(seed, known, 1 + random.nextInt(MAX_PASSAGE), random);
    }
    Plot plot = Plot.any(random);
    var blows = new ArrayList<Blow>();
    Victim victim = plot.anyVictim(random);
    boolean isOfAttempt = victim == Victim.WRAPPER || victim == Victim.CHILD;
    blows.add(Blow.after(victim, random.nextInt(isOfAttempt ? MOMENTS_OF_ATTEMPTS : MOMENTS)));
    while (blows.size() < MAX_BLOWS && random.nextInt(3) == 0) {
      blows.add(Blow.after(Victim.ENGINE, random.nextInt(MOMENTS)));
    }
    return new Round(seed, plot, List.copyOf(blows));
  }

  private static Round of(long seed, Faults.Known known, int passage, SplittableRandom random) {
    Blow blow = Blow.at(known.fault().at(passage));
    return new Round(
        seed,
        known.plot(),
        known.isLate()
            ? List.of(Blow.after(Victim.ENGINE, 400 + random.nextInt(400)), blow)
            : List.of(blow));
  }

  /** Plays it; throws what is wrong. */
  Outcome play() throws Exception {
    long began = System.nanoTime();
    var random = new SplittableRandom(seed);
    var recoveries = new ArrayList<Duration>();
    var hits = new ArrayList<Fault>();
    try (Scene scene = plot.open(random, blows.getLast().fault())) {
      try {
        scene.prepare();
        scene.begin(blows.getFirst().fault());
        for (int i = 0; i < blows.size(); i++) {
          Fault fault = blows.get(i).fault();
          Fault next = i + 1 < blows.size() ? blows.get(i + 1).fault() : null;
          boolean isDead = scene.strike(blows.get(i));
          if (isDead && fault != null) {
            hits.add(fault.at(1));
          }
          if (isDead) {
            Duration recovery = scene.recover(next);
            if (recovery != null) {
              recoveries.add(recovery);
            }
          }
        }
        scene.finish();
        scene.check();
        assertThat(recoveries)
            .as("time to recover")
            .allSatisfy(each -> assertThat(each).isLessThanOrEqualTo(RECOVERY));
      } catch (AssertionError | Exception e) {
        throw new AssertionError(this + "\n" + Evidence.keep(scene, seed) + scene.said(), e);
      }
      return new Outcome(
          this,
          hits,
          scene.killed().counts(),
          recoveries,
          Duration.ofNanos(System.nanoTime() - began));
    }
  }

  @Override
  public String toString() {
    return "-Dbraid.crash.seed=" + seed + " " + plot + " " + blows;
  }
}

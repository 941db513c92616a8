package dev.braid.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.cli.BraidProcess;
import dev.braid.cli.Ended;
import dev.braid.cli.TempRoot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Work of Braid that is torn by kills, and what must be so of it in the end. It is used in this
 * order: prepare, begin, then blows each with a recovery, finish, check.
 */
abstract class Scene implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /** How long a blow waits for a process that it is to strike. */
  private static final Duration PATIENCE_FOR_VICTIM = Duration.ofSeconds(10);

  private static final Duration LAST_MOMENT = Duration.ofMillis(300);

  private static final int KILLED = 137;

  final SplittableRandom random;
  private @Nullable Killed killed;
  private @Nullable BraidProcess engine;

  /** All that was started, for who looks into a failure. */
  private final List<BraidProcess> started = new ArrayList<>();

  Scene(SplittableRandom random) {
    this.random = random;
  }

  abstract TempRoot root();

  /** Writes what it begins with. */
  abstract void prepare() throws Exception;

  /** Starts the owner of the work, which may die at a fault, and the work. */
  abstract void begin(@Nullable Fault fault) throws Exception;

  /** Starts what takes up what a dead owner left. */
  abstract BraidProcess startNext(@Nullable Fault fault);

  /** Whether the next owner knows what there is and has taken it up. */
  abstract boolean isTakenUp(BraidProcess next) throws Exception;

  /** Waits for the end of the work. */
  abstract void finish() throws Exception;

  /** Looks whether all is whole. */
  abstract void check() throws Exception;

  /** What only waits for the work; null when there is none. */
  @Nullable BraidProcess client() {
    return null;
  }

  /** Whether nothing more will happen, though the owner lives on. */
  boolean isOver() {
    return false;
  }

  Killed killed() {
    if (killed == null) {
      killed = new Killed(root().path());
    }
    return killed;
  }

  BraidProcess engine() {
    return Objects.requireNonNull(engine, "begun");
  }

  /** Starts the program as the owner of the work. */
  BraidProcess startEngine(@Nullable Fault fault, String... arguments) {
    root().with("JDK_JAVA_OPTIONS", fault == null ? "" : fault.option());
    engine = start(arguments);
    root().with("JDK_JAVA_OPTIONS", "");
    return engine;
  }

  BraidProcess start(String... arguments) {
    BraidProcess process = root().start(arguments);
    started.add(process);
    return process;
  }

  /** What all that was started said on standard error. */
  String said() {
    var text = new StringBuilder();
    started.forEach(each -> text.append(each.pid()).append(": ").append(each.err()).append('\n'));
    return text.toString();
  }

  /**
   * Strikes.
   *
   * @return whether the owner died of it
   */
  boolean strike(Blow blow) throws InterruptedException {
    if (blow.fault() != null) {
      awaitUnder(PATIENCE, () -> !engine().isAlive() || isOver());
      // It may be just about to die of what ended all.
      awaitUnder(isOver() ? LAST_MOMENT : Duration.ZERO, () -> !engine().isAlive());
      boolean isHit = !engine().isAlive() && engine().await().exit() == KILLED;
      if (isHit) {
        killed().count(Victim.ENGINE);
      }
      return isHit;
    }
    Thread.sleep(blow.after());
    switch (blow.victim()) {
      case ENGINE -> killEngine();
      case WRAPPER, CHILD -> killMember(blow.victim() == Victim.WRAPPER);
      case CLIENT -> killClient();
      case ALL -> {
        boolean isEngineFirst = random.nextBoolean();
        if (isEngineFirst) {
          killEngine();
        }
        killMember(random.nextBoolean());
        killClient();
        killEngine();
      }
    }
    return blow.victim().isEngine() && engine().await().exit() == KILLED;
  }

  private void killEngine() {
    if (engine().isAlive()) {
      engine().kill();
      killed().count(Victim.ENGINE);
    }
  }

  private void killClient() {
    BraidProcess client = client();
    if (client != null && client.isAlive()) {
      client.kill();
      killed().count(Victim.CLIENT);
    }
  }

  private void killMember(boolean isWrapper) throws InterruptedException {
    var found = new ArrayList<Killed.Member>();
    awaitUnder(
        PATIENCE_FOR_VICTIM,
        () -> {
          killed().members().stream()
              .filter(each -> each.isWrapper() == isWrapper)
              .forEach(found::add);
          return !found.isEmpty() || !engine().isAlive() || isOver();
        });
    if (!found.isEmpty()) {
      killed().kill(found.get(random.nextInt(found.size())));
    }
  }

  /**
   * Starts the next owner.
   *
   * @return how long it took until it had taken up what there was; null when it died before
   */
  @Nullable Duration recover(@Nullable Fault fault) throws Exception {
    long began = System.nanoTime();
    BraidProcess next = startNext(fault);
    boolean isTakenUp = isTakenUp(next);
    while (!isTakenUp && next.isAlive()) {
      assertThat(System.nanoTime() - began).as("time to recover").isLessThan(PATIENCE.toNanos());
      Thread.sleep(5);
      isTakenUp = isTakenUp(next);
    }
    boolean isDead = !next.isAlive() && next.await().exit() == KILLED;
    return isDead && !isTakenUp ? null : Duration.ofNanos(System.nanoTime() - began);
  }

  /** Whether it became so in time. */
  static boolean awaitUnder(Duration patience, BooleanSupplier condition)
      throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      Thread.sleep(5);
    }
    return true;
  }

  /** What the last owner of the work says must not hold a fault of the program. */
  static void expectOrdinary(Ended ended, Integer... exits) {
    assertThat(ended.err()).doesNotContain("Exception", "a fault");
    assertThat(ended.exit()).as("exit; it says: %s", ended.err()).isIn((Object[]) exits);
  }

  @Override
  public void close() {
    root().close();
  }
}

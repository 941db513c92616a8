package dev.braid.crash;

import dev.braid.cli.BraidProcess;
import dev.braid.cli.Ended;
import dev.braid.cli.Eventually;
import dev.braid.cli.TempRoot;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** The same run owned by the daemon, followed by a command or left to itself. */
final class DaemonScene extends Scene {
  private static final Integer[] ENDED = {0, 1};
  private static final Integer[] ANY = {0, 1, 69, 73};

  private final TempRoot root = new TempRoot();
  private final boolean isFollowed;
  private CommandGraph graph = new CommandGraph(List.of(), 0);
  private @Nullable BraidProcess client;

  DaemonScene(SplittableRandom random, @Nullable Fault fault) {
    super(random);
    // Who follows goes on with the run itself, so that the next daemon has nothing to take up.
    this.isFollowed = random.nextBoolean() && fault == null;
  }

  @Override
  TempRoot root() {
    return root;
  }

  @Override
  @Nullable BraidProcess client() {
    return client;
  }

  @Override
  void prepare() throws Exception {
    graph = CommandGraph.write(root, random);
  }

  @Override
  void begin(@Nullable Fault fault) throws Exception {
    startNext(fault);
    awaitUnder(Daemon.PATIENCE, () -> Daemon.isUp(root, engine()) || !engine().isAlive());
    if (engine().isAlive()) {
      startClient();
    }
  }

  private BraidProcess startClient() {
    client =
        isFollowed
            ? start("run", "--force", "--max-parallel", "4", "graph.json")
            : start("run", "--force", "--max-parallel", "4", "--detach", "graph.json");
    return client;
  }

  @Override
  BraidProcess startNext(@Nullable Fault fault) {
    return startEngine(fault, "daemon", "run");
  }

  @Override
  boolean isTakenUp(BraidProcess next) {
    return Daemon.isUp(root, next) || Daemon.isAnothers(next);
  }

  @Override
  boolean isOver() {
    return client != null && !client.isAlive() && Daemon.hasFinished(root);
  }

  @Override
  void finish() throws Exception {
    Ended ofClient = (client == null ? startClient() : client).await();
    if (!killed().counts().containsKey(Victim.CLIENT)) {
      // Handing over to one that dies fails; following it goes on here.
      boolean mayFail = !isFollowed && killed().counts().containsKey(Victim.ENGINE);
      expectOrdinary(ofClient, mayFail ? ANY : ENDED);
    }
    // One that was begun and not handed over any more waits for whoever asks.
    expectOrdinary(start("resume").await(), 0, 1);
    if (AloneScene.began(root)) {
      Eventually.holds("the run is finished", () -> Daemon.hasFinished(root));
    }
    Daemon.stop(root, engine());
  }

  @Override
  void check() throws Exception {
    graph.check(this);
  }
}

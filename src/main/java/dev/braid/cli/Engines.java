package dev.braid.cli;

import dev.braid.client.RemoteOwner;
import dev.braid.config.Settings;
import dev.braid.plan.Decision;
import dev.braid.plan.Plan;
import dev.braid.process.Processes;
import dev.braid.run.Engine;
import dev.braid.run.Engine.WhenParked;
import dev.braid.run.RunOptions;
import dev.braid.run.RunOwner;
import dev.braid.run.RunRequest;
import dev.braid.run.RunStore;
import dev.braid.store.LogFile;

/** Composes the engine of this process, and what it is asked to run. */
final class Engines {
  private Engines() {}

  /** An engine that lets go what cannot go on. */
  static Engine open(Invocation invocation, Settings settings) {
    return open(invocation, settings, WhenParked.LEAVE);
  }

  /** Whoever does the work of this call: the daemon, or this process. */
  static RunOwner owner(Invocation invocation, Settings settings) {
    return owner(invocation, settings, WhenParked.LEAVE);
  }

  static RunOwner owner(Invocation invocation, Settings settings, WhenParked whenParked) {
    Engine here = open(invocation, settings, whenParked);
    return Daemons.ours(invocation)
        .<RunOwner>map(daemon ->
            new RemoteOwner(
                daemon,
                new RunStore(invocation.places()),
                invocation.clock(),
                invocation.random(),
                here))
        .orElse(here);
  }

  static Engine open(Invocation invocation, Settings settings, WhenParked whenParked) {
    Processes processes = Processes.ofThisSystem();
    return new Engine(
        processes,
        new RunStore(invocation.places()),
        invocation.clock(),
        invocation.random(),
        "braid, process " + processes.ownPid(),
        settings.maxParallelTasks(),
        whenParked,
        new LogFile(() -> settings, invocation.clock()));
  }

  /**
   * A run of a plan. What is not worth running in parallel runs one task at a time.
   *
   * @param force runs in parallel whatever was decided
   */
  static RunRequest request(Plan plan, Settings settings, boolean force, Invocation invocation) {
    Decision decision = plan.decision();
    if (force && !decision.parallel()) {
      decision = new Decision(true, "forced, although: " + decision.reason());
    }
    return new RunRequest(
        java.util.stream.IntStream.range(0, plan.graph().size())
            .mapToObj(plan.graph()::task)
            .toList(),
        invocation.cwd(),
        invocation.environment(),
        decision,
        RunOptions.of(settings, decision.parallel()),
        Conversations.forkPoint(plan, settings, invocation),
        null);
  }
}

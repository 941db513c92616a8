package dev.braid.run;

import dev.braid.config.Context;
import dev.braid.config.Settings;
import dev.braid.config.TaskSettings;
import dev.braid.plan.TaskGraph;
import dev.braid.result.TaskResult;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Says whether a worker may start for a task of one run now: a run may be parked, the API may have
 * refused, another worker may have to go first, the money may be spent. Used by the engine's thread
 * alone.
 */
final class Admission {
  /** Forking this many tokens in all, over the workers of one run, is still cheap. */
  private static final long FORKED_TOKENS_A_RUN = 200_000;

  /** Less than this is not worth a request, in dollars. */
  private static final double LEAST_BUDGET_USD = 0.0001;

  /** Whether a worker may start. */
  sealed interface Answer {
    record Now() implements Answer {}

    record Later() implements Answer {}

    /** It never may. */
    record Never(String reason) implements Answer {}
  }

  private final TaskGraph graph;
  private final Settings settings;
  private final @Nullable ForkPoint fork;
  private final Window window;
  private final Ramp ramp;
  private final Parking parking;
  private final boolean forksAreCheap;

  private double spentUsd;

  Admission(RunFile file, TaskGraph graph, Replay replay, Window window) {
    this.graph = graph;
    this.settings = file.options().settings();
    this.fork = file.fork();
    this.window = window;
    this.ramp = new Ramp(Duration.ofNanos(Math.round(settings.rampSeconds() * 1e9)));
    this.parking = new Parking(replay.parked().orElse(null));
    this.forksAreCheap = forksAreCheap();
    for (int i = 0; i < graph.size(); i++) {
      Double failed = replay.of(graph.task(i).id()).costOfFailedAttempts;
      TaskResult result = replay.results().get(graph.task(i).id());
      Double cost = result == null ? failed : result.costUsd();
      spentUsd += cost == null ? 0 : cost;
    }
  }

  private boolean forksAreCheap() {
    if (fork == null || fork.contextTokens() > settings.forkMaxTokens()) {
      return false;
    }
    long workers = 0;
    for (int i = 0; i < graph.size(); i++) {
      workers += graph.task(i).needsModel() && settings(i).context() != Context.FRESH ? 1 : 0;
    }
    return workers * fork.contextTokens() <= FORKED_TOKENS_A_RUN;
  }

  TaskSettings settings(int index) {
    return TaskSettings.of(settings, graph.task(index), graph.type(index));
  }

  /** What the worker of a task starts from; null for its prompt alone. */
  @Nullable ForkPoint forkPoint(int index) {
    return switch (settings(index).context()) {
      case FORK -> fork;
      case FRESH -> null;
      case AUTO -> forksAreCheap ? fork : null;
    };
  }

  Parking parking() {
    return parking;
  }

  Answer of(int index, Replay.Progressed progress, long nowNanos) {
    if (parking.isParked()) {
      return new Answer.Later();
    }
    if (spentUsd >= settings.maxRunBudgetUsd() - LEAST_BUDGET_USD) {
      return new Answer.Never(
          "the run has spent $%.2f of its $%.2f (max_run_budget_usd)"
              .formatted(spentUsd, settings.maxRunBudgetUsd()));
    }
    if (budgetUsd(index, progress) < LEAST_BUDGET_USD) {
      return new Answer.Never(
          "it has spent its $%.2f (max_budget_usd)".formatted(settings(index).maxBudgetUsd()));
    }
    boolean now = window.hasRoom() && ramp.mayStart(alike(index), nowNanos);
    return now ? new Answer.Now() : new Answer.Later();
  }

  /** What its next attempt may spend, in dollars. */
  double budgetUsd(int index, Replay.Progressed progress) {
    Double own = progress.costOfFailedAttempts;
    return Math.min(
        settings(index).maxBudgetUsd() - (own == null ? 0 : own),
        settings.maxRunBudgetUsd() - spentUsd);
  }

  /** The same for workers whose requests begin with the same text: tools, system, conversation. */
  private String alike(int index) {
    TaskSettings own = settings(index);
    ForkPoint from = forkPoint(index);
    return String.join(
        "\n",
        from == null ? "" : from.session(),
        String.valueOf(own.model()),
        String.valueOf(own.agent()),
        String.valueOf(own.permissionMode()),
        String.join(",", own.allowedTools()),
        graph.type(index).wireName());
  }

  void started(int index, long nowNanos) {
    ramp.started(alike(index), nowNanos);
  }

  /** The API answered a worker, which lets others go. */
  void answered(int index) {
    ramp.answered(alike(index));
  }

  /** The API refused a request; true when fewer may work now. */
  boolean refused(long nowNanos) {
    return window.narrow(nowNanos);
  }

  int limit() {
    return window.limit();
  }

  /**
   * A worker works no more; its place in the window is free already, so that a good end widens it.
   */
  void ended(int index, boolean isGood, Worker worker) {
    ramp.ended(alike(index));
    spentUsd += worker.costUsd() == null ? 0 : worker.costUsd();
    if (isGood) {
      window.widen();
    }
  }
}

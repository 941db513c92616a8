package dev.braid.run;

import dev.braid.claude.Transcripts;
import dev.braid.config.Monitoring;
import dev.braid.fault.FaultPoint;
import dev.braid.isolate.Integration;
import dev.braid.process.Processes;
import dev.braid.result.TaskResult;
import dev.braid.store.RunFolder;
import dev.braid.task.Task;
import dev.braid.task.TaskId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What follows from results: their files, the conversations of workers, the work in the user's
 * tree, the list that the tasks were claimed in, and what its session is told. One thread does it,
 * in the order in which it was asked, so that nobody else waits for disks and locks.
 */
final class Aftermath {
  /** Between TERM and KILL for what successful tasks left running. */
  private static final Duration LEFTOVER_GRACE = Duration.ofSeconds(2);

  private final RunFile file;
  private final RunFolder folder;
  private final Replay replay;
  private final Processes processes;
  private final Finishing finishing;
  private final StatisticsFile statistics;
  private final Deliveries deliveries;
  private final Transcripts transcripts;
  private final boolean changesTrees;
  private final Map<String, String> caller;
  private final RunLog listener;
  private final Consumer<Throwable> giveUp;
  private final Presence presence;
  private final ResourceKeeping resources;
  private final @Nullable Claims claims;
  private final @Nullable Handover handover;

  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("run files").daemon().factory());

  /**
   * @param journal returns when an entry stands on disk
   * @param giveUp called when something cannot be written
   */
  Aftermath(
      RunParts parts,
      Engine engine,
      InstantSource clock,
      Consumer<Entry> journal,
      Consumer<Throwable> giveUp) {
    this.file = parts.file();
    this.folder = parts.folder();
    this.replay = parts.replay();
    this.processes = engine.processes();
    this.caller = parts.environment().caller();
    this.listener = parts.listener();
    this.giveUp = giveUp;
    this.finishing = new Finishing(engine.store().places());
    Path totals = parts.file().options().settings().monitoring().statsFile();
    this.statistics = new StatisticsFile(engine.store().places(), totals);
    this.transcripts = new Transcripts(engine.store().places().transcripts());
    this.presence = new Presence(engine.store().places(), processes);
    List<Integration> integrations = parts.placements().integrations();
    this.changesTrees = !integrations.isEmpty();
    this.deliveries = new Deliveries(file, integrations, clock, journal);
    this.resources = new ResourceKeeping(parts, engine, journal);
    Origin origin = file.origin();
    this.claims = origin == null ? null : new Claims(origin, file.id(), clock, listener::warned);
    this.handover = origin == null ? null : Handover.of(engine.store().places(), origin.session());
  }

  Transcripts transcripts() {
    return transcripts;
  }

  /** What an owner that died left undone. */
  void restore(List<TaskResult> known, List<TaskId> open) {
    soon(() -> {
      finishing.restore(known, folder);
      for (TaskResult result : known) {
        takeTranscript(result);
      }
      resources.restore();
      resources.used(known);
      if (handover != null) {
        handover.unpark(file.id());
      }
      if (claims != null) {
        known.forEach(claims::ended);
        file.tasks().stream()
            .map(Task::id)
            .filter(task -> known.stream().noneMatch(result -> result.taskId().equals(task)))
            .forEach(claims::renew);
        open.forEach(claims::begun);
      }
    });
  }

  void begun(TaskId task) {
    if (claims != null) {
      soon(() -> claims.begun(task));
    }
  }

  /**
   * A task is done.
   *
   * @param recorded when the journal says it: nobody is told what it may not know any more
   */
  void ended(TaskResult result, CompletableFuture<@Nullable Void> recorded) {
    soon(() -> {
      recorded.join();
      finishing.write(result, folder);
      takeTranscript(result);
      resources.used(List.of(result));
      if (claims != null) {
        claims.ended(result);
      }
    });
  }

  /** Into the folder of the last attempt. */
  private void takeTranscript(TaskResult result) throws IOException {
    String session = result.sessionId();
    int attempts = replay.of(result.taskId()).attempts;
    if (session != null && attempts > 0) {
      transcripts.take(session, folder.transcript(result.taskId(), attempts));
    }
  }

  /** The run cannot go on, but is not let go. */
  void parked(Entry.Parked parked) {
    if (handover != null) {
      soon(() -> handover.park(file.id(), HandoverText.parked(file, parked)));
    }
  }

  /**
   * The run is let go because of a fault: its session is told so, and waits no more. On the
   * engine's thread, since the thread of this may have met the fault.
   */
  void givenUp(Throwable fault) {
    if (handover != null) {
      try {
        handover.park(file.id(), HandoverText.givenUp(file, Failures.inWords(fault)));
      } catch (IOException e) {
        listener.unannounced(e);
      }
    }
  }

  void unparked() {
    if (handover != null) {
      soon(() -> handover.unpark(file.id()));
    }
  }

  /**
   * Whether its end may come: work comes into the tree of a session only while that is at rest. On
   * the engine's thread.
   */
  boolean mayEnd() {
    Origin origin = file.origin();
    try {
      return !changesTrees || origin == null || presence.isAtRest(origin.session());
    } catch (IOException e) {
      giveUp.accept(e);
      return false;
    }
  }

  /** Ends what tasks left running and brings their work into the trees; returns what is kept. */
  List<String> bringHome(List<TaskResult> results) throws IOException {
    FaultPoint.pass("end.begin");
    String mark = ChildEnvironment.RUN_ID + "=" + file.id();
    processes.endAllStartedWith(mark, LEFTOVER_GRACE);
    deliveries.end(results).forEach(listener::warned);
    FaultPoint.pass("end.home");
    return deliveries.kept();
  }

  /** Looks at temporary skills and agents, now that the tasks are done. */
  void cleanUp() {
    resources.cleanUp();
  }

  /** Writes the end of a run; it is not told yet. */
  void write(RunOutcome outcome, Instant end) throws IOException {
    finishing.write(outcome, end, folder);
    Monitoring monitoring = file.options().settings().monitoring();
    if (monitoring.enabled()) {
      try {
        statistics.write();
      } catch (IOException e) {
        listener.warned("the statistics are not written: " + e.getMessage());
      }
    }
    FaultPoint.pass("end.derived");
  }

  /** Tells the session of the end. The journal says that the run is finished. */
  void tell(RunOutcome outcome) throws IOException {
    FaultPoint.pass("end.finished");
    if (handover != null) {
      handover.ready(file.id(), HandoverText.of(outcome));
    }
    FaultPoint.pass("end.told");
  }

  /**
   * Tells the person of the end, where that took long. The journal says that the run is finished,
   * so nobody does it again.
   */
  void announce(RunOutcome outcome) {
    try {
      Optional<Announcement> announcement = Announcement.of(outcome, caller);
      if (announcement.isPresent()) {
        announcement.get().tell();
      }
    } catch (IOException e) {
      listener.unannounced(e);
    }
  }

  /** Work that may meet the disk. */
  interface Work {
    void run() throws IOException;
  }

  /** On the thread of this, soon. */
  void soon(Work work) {
    thread.execute(() -> {
      try {
        work.run();
      } catch (IOException e) {
        giveUp.accept(new UncheckedIOException("writing the files of run " + file.id(), e));
      } catch (RuntimeException | Error e) {
        giveUp.accept(e);
      }
    });
  }

  /** Nothing more is asked for; what was asked is done. */
  void shutdown() {
    thread.shutdown();
  }
}

package dev.braid.hook;

import com.fasterxml.jackson.databind.JsonNode;
import dev.braid.claude.HookAnswer;
import dev.braid.claude.HookCaller;
import dev.braid.claude.HookEvent;
import dev.braid.claude.ListedFile;
import dev.braid.claude.TaskList;
import dev.braid.config.Mode;
import dev.braid.config.Settings;
import dev.braid.fault.FaultPoint;
import dev.braid.plan.Decision;
import dev.braid.run.ClaimNote;
import dev.braid.run.Handover;
import dev.braid.run.RunId;
import dev.braid.task.TaskId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Step 7: the first move of a task to {@code in_progress}, in a list that is worth running in
 * parallel, reserves it for Braid; once the session is quiet, the list becomes a run. Moves of
 * tasks that a run does are denied. Callers hold the lock of the session.
 */
final class Gate {
  /** Nothing may have happened for so long before a list is claimed. */
  static final Duration QUIET = Duration.ofMillis(500);

  /** A reservation that Claude Code did not write for so long is dropped. */
  static final Duration HONOUR_PATIENCE = Duration.ofSeconds(30);

  /** So often a list that changes while it is claimed is read again. */
  private static final int TRIES = 5;

  private final Hooks.Parts parts;
  private final Assessor assessor;
  private final Claiming claiming;
  private final Considered considered;

  Gate(Hooks.Parts parts, Considered considered) {
    this.parts = parts;
    this.assessor =
        new Assessor(parts.store().places(), parts.presence(), parts.files(), parts.plans());
    this.claiming = new Claiming(parts, assessor);
    this.considered = considered;
  }

  /** Answers a {@code TaskUpdate} that is about to happen. */
  HookAnswer asked(Session session, HookEvent.ToolAsked event, Settings settings)
      throws IOException {
    String task = event.input().path("taskId").asText();
    if (!TaskId.isValid(task)) {
      return new HookAnswer.Nothing();
    }
    HookCaller caller = event.caller();
    boolean isMove = event.input().has("status") || event.input().has("owner");
    Optional<RunId> run = isMove ? runOf(caller, task) : Optional.empty();
    if (run.isPresent()) {
      say(caller, "task %s stays with run %s: denied".formatted(task, run.get().shortForm()));
      return new HookAnswer.Denied(Advice.isTaken(task, run.get()));
    }
    boolean isBegin = event.input().path("status").asText().equals("in_progress");
    return caller.isSubagent() || !isBegin
        ? new HookAnswer.Nothing()
        : begun(session, event, task, settings);
  }

  /** The run that does a task now. */
  private Optional<RunId> runOf(HookCaller caller, String task) throws IOException {
    Optional<String> run = new ListedFile(list(caller), task, parts.clock()).run();
    return run.filter(RunId::isValid).map(RunId::new).filter(parts::isUnderWay);
  }

  private Path list(HookCaller caller) {
    return TaskList.folder(parts.store().places().taskLists(), caller.listId());
  }

  private HookAnswer begun(
      Session session, HookEvent.ToolAsked event, String task, Settings settings)
      throws IOException {
    Reservation before = session.reservation;
    Assessment assessment =
        assessor.of(
            event.caller(), settings, session.made, before == null ? Set.of() : before.tasks());
    return switch (assessment) {
      case Assessment.Worth worth when worth.has(task) -> reserve(session, event, task, worth);
      case Assessment.Worth _ -> new HookAnswer.Nothing();
      case Assessment.Left left -> leave(session, event.caller(), left);
    };
  }

  private HookAnswer reserve(
      Session session, HookEvent.ToolAsked event, String task, Assessment.Worth worth)
      throws IOException {
    Reservation before = session.reservation;
    Reservation now =
        before == null
            ? new Reservation(
                event.caller(),
                event.call(),
                RunId.create(parts.clock(), parts.random()),
                Set.of(task),
                parts.processes().awakeNanos())
            : before.with(task);
    session.reservation = now;
    say(
        event.caller(),
        "task %s is begun as Braid's, for run %s: %s"
            .formatted(task, now.run().shortForm(), worth.plan().decision().reason()));
    Handover handover = parts.handover(event.caller().session());
    handover.expect(
        now.name(), event.caller().cwd(), new ClaimNote(list(event.caller()), now.tasks()).text());
    FaultPoint.pass("claim.reserved");
    double most =
        Math.min(
            worth.settings().maxRunBudgetUsd(),
            worth.settings().maxTaskBudgetUsd() * worth.plan().graph().size());
    return new HookAnswer.Changed(
        event.input().deepCopy().put("owner", TaskList.OWNER),
        before == null ? Advice.reserved(worth.plan(), now.run()) : "",
        before == null ? Advice.announced(worth.plan(), now.run(), most) : "");
  }

  /** Tells the plan once, and again only when the session has made as many tasks once more. */
  private HookAnswer leave(Session session, HookCaller caller, Assessment.Left left) {
    considered.left(caller, left.plan().graph().size(), left.decision());
    boolean isTold =
        session.advisedAt >= 0
            && session.made.size() < session.advisedAt + left.plan().graph().size();
    if (left.advice().isEmpty() || isTold) {
      return new HookAnswer.Nothing();
    }
    session.advisedAt = session.made.size();
    session.advice = left.advice();
    return new HookAnswer.Told("PreToolUse", left.advice());
  }

  /** In {@code advise}: the plan, when it is another one than was told. */
  HookAnswer changed(Session session, HookEvent.ToolUsed event, Settings settings)
      throws IOException {
    if (settings.mode() != Mode.ADVISE || event.caller().isSubagent()) {
      return new HookAnswer.Nothing();
    }
    Assessment assessment = assessor.of(event.caller(), settings, session.made, Set.of());
    if (assessment instanceof Assessment.Left left
        && !left.advice().isEmpty()
        && !left.advice().equals(session.advice)) {
      session.advice = left.advice();
      session.advisedAt = session.made.size();
      return new HookAnswer.Told("PostToolUse", left.advice());
    }
    return new HookAnswer.Nothing();
  }

  /**
   * Claude Code changed a task. What it gives to Braid when nothing reserves it any more is the
   * session's again: another hook took long, or a daemon died.
   */
  void used(Session session, HookEvent.ToolUsed event) throws IOException {
    HookCaller caller = event.caller();
    String task = event.input().path("taskId").asText();
    Reservation reservation = session.reservation;
    boolean isExpected = reservation != null && reservation.tasks().contains(task);
    if (isExpected
        || !TaskId.isValid(task)
        || !isOwnerSet(event)
        || !new ListedFile(list(caller), task, parts.clock()).isReserved()) {
      return;
    }
    String late = RunId.create(parts.clock(), parts.random()).value();
    say(caller, "task %s is begun as Braid's too late: given back".formatted(task));
    Handover handover = parts.handover(caller.session());
    handover.expect(late, caller.cwd(), new ClaimNote(list(caller), Set.of(task)).text());
    parts.orphans().giveUp(handover, List.of(late), "that was said too late");
  }

  private static boolean isOwnerSet(HookEvent.ToolUsed event) {
    for (JsonNode field : event.response().path("updatedFields")) {
      if (field.asText().equals("owner")) {
        return true;
      }
    }
    return false;
  }

  /**
   * Makes the run of what is reserved when the time has come.
   *
   * @return when to look again; empty for never
   */
  Optional<Duration> look(Session session) throws IOException {
    Reservation reservation = session.reservation;
    if (reservation == null) {
      return Optional.empty();
    }
    long now = parts.processes().awakeNanos();
    long quiet = session.quietNanos(now);
    if (quiet < QUIET.toNanos()) {
      return Optional.of(QUIET.minusNanos(quiet));
    }
    Settings settings = parts.settings(reservation.caller());
    for (int i = 0; i < TRIES; i++) {
      Set<String> honoured = honoured(reservation);
      if (honoured.isEmpty()) {
        return unhonoured(session, reservation, now);
      }
      switch (claiming.claim(reservation, settings, session.made, honoured)) {
        case Claiming.Outcome.Started(var run) -> {
          // From here on nothing may be given back, whatever fails: the run has it.
          session.reservation = null;
          session.settled = reservation.name();
          parts.started(run);
          FaultPoint.pass("claim.started");
          settle(session);
          return Optional.empty();
        }
        case Claiming.Outcome.Impossible(String why) -> {
          giveUp(session, reservation, why);
          return Optional.empty();
        }
        case Claiming.Outcome.Changed _ -> {}
      }
    }
    giveUp(session, reservation, "the list changes all the time");
    return Optional.empty();
  }

  /** The session waits for the run alone, no more for what was reserved. */
  void settle(Session session) throws IOException {
    if (session.settled != null) {
      parts.handover(session.id).drop(session.settled);
      session.settled = null;
    }
  }

  private Set<String> honoured(Reservation reservation) throws IOException {
    var honoured = new HashSet<String>();
    for (String task : reservation.tasks()) {
      if (new ListedFile(list(reservation.caller()), task, parts.clock()).isReserved()) {
        honoured.add(task);
      }
    }
    return honoured;
  }

  /** Another hook denied the move, or our answer came too late: the session has its way. */
  private Optional<Duration> unhonoured(Session session, Reservation reservation, long now)
      throws IOException {
    boolean isOver =
        now - reservation.sinceNanos() > HONOUR_PATIENCE.toNanos()
            || parts.presence().isAtRest(session.id);
    if (!isOver) {
      return Optional.of(QUIET);
    }
    session.reservation = null;
    parts.handover(session.id).drop(reservation.name());
    notBegun(reservation, "Claude Code did not hand the tasks over");
    return Optional.empty();
  }

  /** What was reserved is the session's again. */
  void giveUp(Session session, Reservation reservation, String why) throws IOException {
    session.reservation = null;
    notBegun(reservation, why);
    parts
        .orphans()
        .giveUp(
            parts.handover(session.id),
            List.of(reservation.run().value(), reservation.name()),
            why);
  }

  private void notBegun(Reservation reservation, String why) {
    parts.log().info("run " + reservation.run().shortForm() + ": does not begin: " + why);
    considered.left(reservation.caller(), reservation.tasks().size(), new Decision(false, why));
  }

  private void say(HookCaller caller, String line) {
    parts.log().info(caller.inWords() + ": " + line);
  }
}

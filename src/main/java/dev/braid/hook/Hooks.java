package dev.braid.hook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.braid.claude.HookAnswer;
import dev.braid.claude.HookCaller;
import dev.braid.claude.HookEvent;
import dev.braid.claude.ListCache;
import dev.braid.config.Mode;
import dev.braid.config.OnSessionEnd;
import dev.braid.config.Places;
import dev.braid.config.Setting;
import dev.braid.config.Settings;
import dev.braid.config.WireNamed;
import dev.braid.process.Processes;
import dev.braid.resource.ResourceKind;
import dev.braid.run.Engine;
import dev.braid.run.Handover;
import dev.braid.run.OrphanClaims;
import dev.braid.run.Presence;
import dev.braid.run.RunHandle;
import dev.braid.run.RunId;
import dev.braid.run.RunStore;
import dev.braid.store.LogFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * Answers what happens in sessions of Claude Code. It fails open: what it cannot answer in time, or
 * at all, it answers with nothing. Called by many threads.
 */
public final class Hooks implements AutoCloseable {
  private static final String TASK_CREATE = "TaskCreate";
  private static final String TASK_UPDATE = "TaskUpdate";
  private static final String SKILL = "Skill";

  /** Claude Code waits 1.5 s for an answer; a session that is busy for longer gets none. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  /** Sessions that are known at a time; beyond, those that reserve nothing are forgotten. */
  private static final int MAX_SESSIONS = 1_000;

  /**
   * What it works with.
   *
   * @param byFolder the settings that hold in a folder
   */
  public record Parts(
      Engine engine,
      RunStore store,
      Function<Path, Settings> byFolder,
      Processes processes,
      InstantSource clock,
      RandomGenerator random,
      LogFile log,
      ListCache files,
      Plans plans,
      Map<RunId, RunHandle> underWay,
      ResourceUse resources) {
    Presence presence() {
      return new Presence(store.places(), processes);
    }

    Handover handover(String session) {
      return Handover.of(store.places(), session);
    }

    OrphanClaims orphans() {
      return new OrphanClaims(store, clock, log::error);
    }

    /** The settings that hold for a session. */
    Settings settings(HookCaller caller) {
      Settings settings = byFolder.apply(caller.cwd());
      Optional<Mode> mode = WireNamed.named(Mode.class, caller.modeVariable());
      return mode.isEmpty()
          ? settings
          : settings.with(Setting.MODE, TextNode.valueOf(mode.get().wireName()));
    }

    /** Whether an engine has the run now. */
    boolean isUnderWay(RunId run) {
      try {
        return underWay.containsKey(run) || store.isOwned(run);
      } catch (IOException _) {
        return false;
      }
    }

    void started(RunHandle run) {
      underWay.put(run.file().id(), run);
      var _ = run.finished().whenComplete((_, _) -> underWay.remove(run.file().id()));
    }
  }

  private final Parts parts;
  private final Gate gate;
  private final News news;
  private final Map<String, Session> sessions = new ConcurrentHashMap<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("gate").daemon().factory());

  public Hooks(Parts parts) {
    this.parts = parts;
    this.news = new News(parts);
    this.gate = new Gate(parts, new Considered(parts.store().places(), parts.clock(), parts.log()));
  }

  /** A run that was taken up again. */
  public void runs(RunHandle run) {
    parts.started(run);
  }

  /**
   * What an event is answered with.
   *
   * @param taken what the answer tells; what is not told is there again
   */
  public record Reply(HookAnswer answer, List<Handover.Taken> taken) {
    static final Reply NOTHING = of(new HookAnswer.Nothing());

    private static Reply of(HookAnswer answer) {
      return new Reply(answer, List.of());
    }

    /** Claude Code has the answer. */
    public void sent() throws IOException {
      for (Handover.Taken each : taken) {
        each.told();
      }
    }

    /** It will not have it. */
    public void notSent() throws IOException {
      for (Handover.Taken each : taken) {
        each.untold();
      }
    }
  }

  /** Answers an event. */
  public Reply answer(HookEvent event) {
    try {
      // In Braid's own workers no hook of Braid's acts; what they use is counted by their streams.
      if (event.caller().isWorker()) {
        return Reply.NOTHING;
      }
      Reply reply =
          event instanceof HookEvent.PromptSubmitted prompt
              ? news.with(prompt)
              : Reply.of(answerPerson(event));
      parts
          .log()
          .debug(
              "%s: %s: %s"
                  .formatted(event.caller().inWords(), inWords(event), inWords(reply.answer())));
      return reply;
    } catch (IOException | RuntimeException e) {
      parts.log().error(event.caller().inWords() + ": a hook is answered with nothing: " + e);
      return Reply.NOTHING;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Reply.NOTHING;
    }
  }

  private static String inWords(HookEvent event) {
    return switch (event) {
      case HookEvent.ToolAsked asked -> "about to use " + inWords(asked.tool(), asked.input());
      case HookEvent.ToolUsed used -> "used " + inWords(used.tool(), used.input());
      case HookEvent.CommandTyped _ -> "a command was typed";
      case HookEvent.SubagentStarted _ -> "a subagent began";
      case HookEvent.PromptSubmitted _ -> "a prompt";
      case HookEvent.SessionEnded ended -> "the session ended, " + ended.reason();
      case HookEvent.Other other -> other.name();
    };
  }

  private static String inWords(String tool, JsonNode input) {
    return input.has("taskId") ? tool + " on task " + input.path("taskId").asText() : tool;
  }

  private static String inWords(HookAnswer answer) {
    return switch (answer) {
      case HookAnswer.Nothing _ -> "nothing to say";
      case HookAnswer.Told _ -> "the model is told something";
      case HookAnswer.Changed _ -> "becomes Braid's";
      case HookAnswer.Denied _ -> "denied";
    };
  }

  private HookAnswer answerPerson(HookEvent event) throws IOException, InterruptedException {
    return switch (event) {
      case HookEvent.ToolAsked asked when asked.tool().equals(TASK_UPDATE) -> move(asked);
      case HookEvent.ToolUsed used
          when used.tool().equals(TASK_CREATE) || used.tool().equals(TASK_UPDATE) ->
          used(used);
      case HookEvent.ToolUsed used when used.tool().equals(SKILL) -> {
        if (used.response().path("success").asBoolean()) {
          parts.resources().used(ResourceKind.SKILL, used.input().path("skill").asText());
        }
        yield new HookAnswer.Nothing();
      }
      case HookEvent.CommandTyped(_, String command) -> {
        parts.resources().used(ResourceKind.SKILL, command);
        yield new HookAnswer.Nothing();
      }
      // Whoever started it: a call of the tool Agent is not counted besides.
      case HookEvent.SubagentStarted(_, String agent) -> {
        parts.resources().used(ResourceKind.AGENT, agent);
        yield new HookAnswer.Nothing();
      }
      case HookEvent.SessionEnded ended -> end(ended);
      case HookEvent.PromptSubmitted _,
          HookEvent.ToolAsked _,
          HookEvent.ToolUsed _,
          HookEvent.Other _ ->
          new HookAnswer.Nothing();
    };
  }

  private interface Locked {
    HookAnswer answer(Session session) throws IOException;
  }

  /** Answers with the lock of the session; with nothing when that is not to be had in time. */
  private HookAnswer locked(HookCaller caller, Locked locked)
      throws IOException, InterruptedException {
    Session session = session(caller);
    if (!session.lock.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
      return new HookAnswer.Nothing();
    }
    try {
      return locked.answer(session);
    } finally {
      session.lock.unlock();
    }
  }

  private Session session(HookCaller caller) throws IOException {
    Session known = sessions.get(caller.session());
    if (known != null) {
      return known;
    }
    if (sessions.size() >= MAX_SESSIONS) {
      sessions.values().removeIf(each -> each.reservation == null);
    }
    Path file = parts.store().places().madeTasks(caller.session());
    var made = MadeTasks.of(file, caller.listVariable().isEmpty());
    return sessions.computeIfAbsent(caller.session(), id -> new Session(id, made));
  }

  private HookAnswer move(HookEvent.ToolAsked event) throws IOException, InterruptedException {
    Settings settings = parts.settings(event.caller());
    if (!settings.enabled() || settings.mode() == Mode.OFF) {
      return new HookAnswer.Nothing();
    }
    return locked(
        event.caller(),
        session -> {
          session.asked(event.call(), parts.processes().awakeNanos());
          try {
            return gate.asked(session, event, settings);
          } finally {
            // Also where that failed: what was reserved by then, the session waits for.
            if (session.reservation != null) {
              lookLater(session, Gate.QUIET);
            }
          }
        });
  }

  private HookAnswer used(HookEvent.ToolUsed event) throws IOException, InterruptedException {
    return locked(
        event.caller(),
        session -> {
          session.answered(event.call(), parts.processes().awakeNanos());
          String made = event.response().path("task").path("id").asText();
          if (event.tool().equals(TASK_CREATE) && !made.isEmpty()) {
            session.made.add(made, event.caller().isSubagent());
          }
          if (event.tool().equals(TASK_UPDATE)) {
            gate.used(session, event);
          }
          Settings settings = parts.settings(event.caller());
          return settings.enabled()
              ? gate.changed(session, event, settings)
              : new HookAnswer.Nothing();
        });
  }

  /** Looks at the reservation of a session after a pause; only one look is due at a time. */
  private void lookLater(Session session, Duration pause) {
    if (session.isLookDue) {
      return;
    }
    session.isLookDue = true;
    var _ =
        timer.schedule(
            () -> Thread.ofVirtual().name("claim").start(() -> look(session)),
            Math.max(1, pause.toMillis()),
            TimeUnit.MILLISECONDS);
  }

  private void look(Session session) {
    session.lock.lock();
    try {
      session.isLookDue = false;
      gate.look(session).ifPresent(pause -> lookLater(session, pause));
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      parts.log().error("session " + session.id + ": its tasks cannot be taken over: " + e);
      giveUp(session, String.valueOf(e.getMessage()));
    } finally {
      session.lock.unlock();
    }
  }

  private void giveUp(Session session, String why) {
    Reservation reservation = session.reservation;
    try {
      if (reservation != null) {
        gate.giveUp(session, reservation, why);
      }
      gate.settle(session);
    } catch (IOException e) {
      parts.log().error("session " + session.id + ": nor given back: " + e);
    }
  }

  private HookAnswer end(HookEvent.SessionEnded event) throws IOException, InterruptedException {
    String id = event.caller().session();
    Optional<Path> environment = parts.presence().environment(id);
    parts.presence().ended(id);
    if (environment.isPresent()) {
      Files.deleteIfExists(environment.get());
    }
    HookAnswer answer =
        locked(
            event.caller(),
            session -> {
              giveUp(session, "the session ended");
              return new HookAnswer.Nothing();
            });
    sessions.remove(id);
    parts.resources().sessionEnded();
    if (parts.settings(event.caller()).onSessionEnd() == OnSessionEnd.CANCEL) {
      parts.underWay().values().stream()
          .filter(run -> run.file().origin() != null && run.file().origin().session().equals(id))
          .forEach(RunHandle::cancel);
    }
    Places places = parts.store().places();
    MadeTasks.forgetOld(places.madeTasks(), places.taskLists());
    return answer;
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}

package dev.braid.run;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.result.Status;
import dev.braid.store.Json;
import dev.braid.task.Task;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How a run stands, as anyone can see from its files. */
public record RunStanding(RunFile file, Replay replay, boolean isOwned) {
  /** Longer subjects are cut, in characters. */
  private static final int MAX_SUBJECT = 80;

  /** Empty when its file is damaged. */
  public static Optional<RunStanding> of(RunStore store, RunId id) throws IOException {
    Optional<RunFile> file = store.request(id);
    if (file.isEmpty()) {
      return Optional.empty();
    }
    // Looked at before the journal: an owner that finishes in between has written its end.
    boolean isOwned = store.isOwned(id);
    return Optional.of(
        new RunStanding(file.get(), Replay.withoutOutput(store.folder(id)), isOwned));
  }

  /**
   * In one word: that of its end, else {@code parked}, {@code running}, or {@code interrupted} when
   * nobody owns it.
   */
  public String status() {
    if (replay.status().isPresent()) {
      return replay.status().get();
    }
    if (replay.parked().isPresent()) {
      return "parked";
    }
    return isOwned ? "running" : "interrupted";
  }

  /** Whether it goes on only when somebody takes it up. */
  boolean waitsForOwner() {
    return replay.status().isEmpty() && !isOwned;
  }

  /** As a member of {@code status --json}. */
  ObjectNode json(Instant now) {
    ObjectNode node =
        Json.object()
            .put("run_id", file.id().value())
            .put("status", status())
            .put("created", file.created().toString())
            .put("tasks", file.tasks().size())
            .put("done", replay.results().size())
            .put("failed", count(Status.FAILED))
            .put("skipped", count(Status.SKIPPED));
    ArrayNode running = node.putArray("running");
    for (Task task : file.tasks()) {
      Entry.Starting open = replay.of(task.id()).open;
      if (open != null) {
        running
            .addObject()
            .put("id", task.id().value())
            .put("subject", cut(task.subject()))
            .put("attempt", open.attempt())
            .put("seconds", seconds(open.at(), now));
      }
    }
    return node.put("elapsed_seconds", seconds(replay.began().orElse(now), now))
        .put("cost_usd", replay.costUsd())
        .put("parked", replay.parkedInWords().orElse(null));
  }

  private long count(Status status) {
    return replay.results().values().stream().filter(result -> result.status() == status).count();
  }

  private static String cut(String subject) {
    return subject.length() <= MAX_SUBJECT ? subject : subject.substring(0, MAX_SUBJECT);
  }

  private static double seconds(Instant from, Instant to) {
    return Math.max(0, Duration.between(from, to).toMillis() / 1e3);
  }
}

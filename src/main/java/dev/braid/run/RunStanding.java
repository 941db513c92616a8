package dev.braid.run;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.result.Status;
import dev.braid.result.TaskResult;
import dev.braid.store.Json;
import dev.braid.task.Task;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How a run stands, as anyone can see from its files.
 *
 * @param status in one word: that of its end, else {@code parked}, {@code running}, or {@code
 *     interrupted} when nobody owns it
 * @param waitsForOwner whether it goes on only when somebody takes it up
 * @param parkedInWords what a person is told of one that is parked
 * @param done by how they ended, all tasks that did
 * @param running attempts that are not known to have ended
 * @param began null when nobody ever owned it
 * @param costUsd dollars spent so far; null when nobody knows of any
 */
public record RunStanding(
    RunFile file,
    String status,
    boolean waitsForOwner,
    Optional<String> parkedInWords,
    Map<Status, Long> done,
    List<Running> running,
    @Nullable Instant began,
    @Nullable Double costUsd) {
  /** Longer subjects are cut, in characters. */
  private static final int MAX_SUBJECT = 80;

  /** An attempt. */
  record Running(Task task, Entry.Starting attempt) {}

  /** Empty when its file is damaged. */
  static Optional<RunStanding> of(RunStore store, RunId id) throws IOException {
    Optional<RunFile> file = store.request(id);
    if (file.isEmpty()) {
      return Optional.empty();
    }
    // Looked at before the journal: an owner that finishes in between has written its end.
    boolean isOwned = store.isOwned(id);
    return Optional.of(store.ask(id, replay -> of(file.get(), replay, isOwned)));
  }

  /** The same of a journal that was read. */
  public static RunStanding of(RunFile file, Replay replay, boolean isOwned) {
    String goingOn = isOwned ? "running" : "interrupted";
    String open = replay.parked().isPresent() ? "parked" : goingOn;
    return new RunStanding(
        file,
        replay.status().orElse(open),
        replay.status().isEmpty() && !isOwned,
        replay.parkedInWords(),
        replay.results().values().stream()
            .collect(Collectors.groupingBy(TaskResult::status, Collectors.counting())),
        file.tasks().stream().flatMap(task -> running(task, replay).stream()).toList(),
        replay.began().orElse(null),
        replay.costUsd());
  }

  private static Optional<Running> running(Task task, Replay replay) {
    return Optional.ofNullable(replay.of(task.id()).open)
        .map(attempt -> new Running(task, attempt));
  }

  /** As a member of {@code status --json}. */
  ObjectNode json(Instant now) {
    ObjectNode node =
        Json.object()
            .put("run_id", file.id().value())
            .put("status", status)
            .put("created", file.created().toString())
            .put("tasks", file.tasks().size())
            .put("done", done.values().stream().mapToLong(Long::longValue).sum())
            .put("failed", done.getOrDefault(Status.FAILED, 0L))
            .put("skipped", done.getOrDefault(Status.SKIPPED, 0L));
    ArrayNode array = node.putArray("running");
    for (Running each : running) {
      array
          .addObject()
          .put("id", each.task().id().value())
          .put("subject", cut(each.task().subject()))
          .put("attempt", each.attempt().attempt())
          .put("seconds", seconds(each.attempt().at(), now));
    }
    return node.put("elapsed_seconds", seconds(began == null ? now : began, now))
        .put("cost_usd", costUsd)
        .put("parked", parkedInWords.orElse(null));
  }

  private static String cut(String subject) {
    return subject.length() <= MAX_SUBJECT ? subject : subject.substring(0, MAX_SUBJECT);
  }

  private static double seconds(Instant from, Instant to) {
    return Math.max(0, Duration.between(from, to).toMillis() / 1e3);
  }
}

package dev.braid.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A run that never ran: {@code run.json} and a journal as owners write it, made up from a seed by
 * playing what may happen to an engine. Nothing of Braid has a part in it.
 */
final class GeneratedRun {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Instant FIRST = Instant.parse("2026-09-01T08:00:00Z");
  private static final List<String> TYPES =
      List.of("testing", "build", "general", "service_creation", "search", "file_read");

  private enum State {
    WAITING,
    RUNNING,
    DONE
  }

  /** A task with what its attempts have come to. */
  private static final class Task {
    private final String id;
    private final String type;
    private final boolean isModel;
    private final boolean isLocked;
    private final List<Task> blockers = new ArrayList<>();
    private final List<Task> before = new ArrayList<>();
    private State state = State.WAITING;
    private @Nullable String status;
    private int started;
    private int ran;
    private double seconds;
    private @Nullable Double cost;
    private int slot;
    private Instant end = Instant.EPOCH;
    private double openSeconds;

    Task(int number, Random random) {
      id = "t" + number;
      type = TYPES.get(random.nextInt(TYPES.size()));
      isModel = random.nextInt(3) == 0;
      isLocked = random.nextInt(6) == 0;
    }
  }

  private final Random random;
  private final String runId;
  private final int slots;
  private final List<Task> tasks = new ArrayList<>();
  private final StringBuilder journal = new StringBuilder();
  private Instant now;
  private Instant began = Instant.EPOCH;
  private double earlierWallSeconds;
  private boolean isCancelled;

  private GeneratedRun(long seed) {
    random = new Random(seed);
    runId = "019b0000-%04x-7000-8000-%012x".formatted(seed, seed);
    slots = 1 + random.nextInt(4);
    now = FIRST.plus(Duration.ofHours(random.nextInt(24 * 100))).plusNanos(random.nextInt(999_999));
    int count = random.nextInt(20) == 0 ? random.nextInt(2) : 1 + random.nextInt(16);
    for (int i = 0; i < count; i++) {
      var task = new Task(i, random);
      for (Task earlier : tasks) {
        if (random.nextInt(6) == 0) {
          task.blockers.add(earlier);
        }
        if (task.isLocked && earlier.isLocked) {
          task.before.add(earlier);
        }
      }
      task.before.addAll(task.blockers);
      tasks.add(task);
    }
  }

  /**
   * Writes the run of a seed.
   *
   * @param results the folder of all runs
   */
  static void write(Path results, long seed) throws IOException {
    var run = new GeneratedRun(seed);
    run.play();
    Path folder = Files.createDirectories(results.resolve(run.runId));
    Files.writeString(folder.resolve("run.json"), run.request());
    Files.writeString(folder.resolve("journal.jsonl"), run.torn());
  }

  private String request() throws IOException {
    ObjectNode node = MAPPER.createObjectNode();
    node.put("version", 1).put("run_id", runId).put("created", FIRST.toString()).put("cwd", "/");
    node.putObject("decision").put("parallel", slots > 1).put("reason", "made up");
    node.putObject("options").put("slots", slots);
    node.put("environment_file", "/nowhere").put("temporary_folder", "/nowhere");
    var array = node.putArray("tasks");
    for (Task task : tasks) {
      ObjectNode each = array.addObject().put("id", task.id).put("type", task.type);
      each.put(task.isModel ? "prompt" : "command", "true");
      task.blockers.forEach(blocker -> each.withArray("blockedBy").add(blocker.id));
      if (task.isLocked) {
        each.putArray("resources").add("lock:made-up");
      }
    }
    return MAPPER.writeValueAsString(node);
  }

  /** Now and then the machine stopped while the last line was written. */
  private String torn() {
    String text = journal.toString();
    int last = text.lastIndexOf('\n', text.length() - 2) + 1;
    return random.nextInt(10) == 0
        ? text.substring(0, last + random.nextInt(text.length() - last))
        : text;
  }

  private ObjectNode entry(String name) {
    return MAPPER.createObjectNode().put("at", now.toString()).put("entry", name);
  }

  private void write(ObjectNode entry) {
    journal.append(entry).append('\n');
    if (random.nextInt(100) == 0) {
      journal.append(entry("of_another_version").put("task", "t0")).append("\nno JSON {\n");
    }
  }

  private void play() {
    began = now;
    own();
    resource("created");
    boolean isLeft = random.nextInt(12) == 0;
    do {
      work(isLeft ? random.nextInt(4) : Integer.MAX_VALUE);
      if (isLeft) {
        return;
      }
      finish();
    } while (reopen());
  }

  private void own() {
    write(entry("owned").put("owner", "someone"));
  }

  private void resource(String fate) {
    while (random.nextInt(8) == 0) {
      write(
          entry("resourced")
              .put("kind", random.nextBoolean() ? "skill" : "agent")
              .put("name", "made-up-" + random.nextInt(3))
              .put("fate", fate)
              .put("reason", ""));
    }
  }

  /** Runs until nothing is left, or so many attempts have ended. */
  private void work(int most) {
    int ended = 0;
    while (ended < most && tasks.stream().anyMatch(task -> task.state != State.DONE)) {
      startWhatCan();
      Task next =
          tasks.stream()
              .filter(task -> task.state == State.RUNNING)
              .min(Comparator.comparing(task -> task.end))
              .orElseThrow();
      now = next.end.isAfter(now) ? next.end : now;
      settle(next);
      ended++;
      disturb();
    }
  }

  private void startWhatCan() {
    for (Task task : tasks) {
      int slot = freeSlot();
      if (slot >= 0 && task.state == State.WAITING && isReady(task)) {
        start(task, slot);
      }
    }
  }

  private static boolean isReady(Task task) {
    return task.before.stream().allMatch(each -> each.state == State.DONE);
  }

  private int freeSlot() {
    return IntStream.range(0, slots)
        .filter(slot ->
            tasks.stream().noneMatch(task -> task.state == State.RUNNING && task.slot == slot))
        .findFirst()
        .orElse(-1);
  }

  private void start(Task task, int slot) {
    task.state = State.RUNNING;
    task.slot = slot;
    task.started++;
    long nanos = random.nextInt(3) == 0 ? random.nextInt(3_000) : random.nextLong(90_000_000_000L);
    task.openSeconds = nanos / 1e9;
    // Between the entry, the process and the notice of its end some time may pass, or none.
    task.end = now.plusNanos(nanos + random.nextInt(2) * random.nextLong(9_000_000));
    write(
        entry("starting")
            .put("task", task.id)
            .put("attempt", task.started)
            .put("nonce", "n")
            .put("slot", slot)
            .put("boot", "b")
            .put("awake_nanos", 1)
            .put("session", task.isModel ? "s" : null));
  }

  /** An attempt is over, in one of the ways there are. */
  private void settle(Task task) {
    int chance = random.nextInt(100);
    if (chance < 4) {
      task.state = State.WAITING;
      write(entry("never_ran").put("task", task.id).put("attempt", task.started));
      return;
    }
    if (chance < 6) {
      // No process could be started.
      end(task, "failed", 0, false);
      return;
    }
    Double cost = task.isModel ? Double.valueOf(random.nextInt(300) / 100.0) : null;
    task.cost =
        cost == null ? task.cost : Double.valueOf(cost + (task.cost == null ? 0 : task.cost));
    if (chance < 18 && !isCancelled) {
      setBack(task, cost, chance < 14);
    } else {
      end(task, chance < 30 ? "failed" : "success", task.openSeconds, true);
    }
  }

  private void setBack(Task task, @Nullable Double cost, boolean counts) {
    task.ran++;
    task.seconds += task.openSeconds;
    task.state = State.WAITING;
    write(
        entry("retried")
            .put("task", task.id)
            .put("attempt", task.started)
            .put("error", "it broke")
            .put("seconds", task.openSeconds)
            .put("counts", counts)
            .put("cost_usd", cost)
            .put("tokens", task.isModel ? 5L : null));
    if (!counts) {
      write(entry("parked").put("failure", "rate_limit").put("message", "later"));
      now = now.plusSeconds(random.nextInt(3_000));
      write(entry("unparked"));
    }
  }

  private void end(Task task, String status, double seconds, boolean hasRun) {
    task.ran += hasRun ? 1 : 0;
    task.seconds += seconds;
    task.state = State.DONE;
    task.status = status;
    write(entry("ended").set("result", result(task)));
    if (!status.equals("success")) {
      for (Task other : tasks) {
        if (other.state == State.WAITING && other.blockers.contains(task)) {
          end(other, "skipped", 0, false);
        }
      }
    }
  }

  private ObjectNode result(Task task) {
    boolean isGood = "success".equals(task.status);
    ObjectNode node =
        MAPPER
            .createObjectNode()
            .put("task_id", task.id)
            .put("run_id", runId)
            .put("type", task.type)
            .put("status", task.status)
            .put("failure", isGood ? null : "exit")
            .put("output", "")
            .put("error", isGood ? null : "bad")
            .put("exit_code", isGood ? 0 : 1)
            .put("duration", task.seconds)
            .put("attempts", task.ran)
            .put("cost_usd", task.cost);
    // A task that shows nothing of its kind makes the merged result worse than its own status.
    if (isGood && random.nextInt(10) > 0) {
      node.put("service_name", task.id).put("passed", 3).put("failed", random.nextInt(12) / 11);
    }
    node.putArray("files");
    return node;
  }

  /** What happens to owners and machines. */
  private void disturb() {
    switch (random.nextInt(60)) {
      case 0, 1 -> own();
      case 2 -> {
        now = now.plusSeconds(random.nextInt(100_000));
        own();
      }
      case 3 -> cancel();
      case 4 -> {
        now = now.minusSeconds(1 + random.nextInt(5_000));
      }
      default -> {}
    }
  }

  private void cancel() {
    isCancelled = true;
    write(entry("cancel_wished").set("tasks", MAPPER.createArrayNode()));
    for (Task task : tasks) {
      if (task.state == State.WAITING) {
        end(task, "cancelled", 0, false);
      }
    }
  }

  private void finish() {
    resource("kept");
    resource("deleted");
    double here = Math.max(0, Duration.between(began, now).toNanos() / 1e9);
    earlierWallSeconds += here;
    String status = isCancelled ? "cancelled" : "over";
    write(entry("finished").put("status", status).put("wall_seconds", earlierWallSeconds));
  }

  /** Does again what did not succeed, now and then. */
  private boolean reopen() {
    List<Task> again = tasks.stream().filter(task -> !"success".equals(task.status)).toList();
    if (again.isEmpty() || random.nextInt(3) > 0) {
      return false;
    }
    now = now.plusSeconds(random.nextInt(50_000));
    began = now;
    isCancelled = false;
    ObjectNode entry = entry("reopened");
    again.forEach(task -> {
      entry.withArray("tasks").add(task.id);
      task.state = State.WAITING;
    });
    write(entry);
    own();
    return true;
  }
}

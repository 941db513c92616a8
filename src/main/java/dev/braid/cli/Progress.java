package dev.braid.cli;

import dev.braid.plan.TaskGraph;
import dev.braid.result.Status;
import dev.braid.result.TaskResult;
import dev.braid.run.RunListener;
import dev.braid.task.Task;
import dev.braid.task.TaskId;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Shows how a run goes: on a terminal a block that is drawn over, a line a running task; elsewhere
 * a line an event. All drawing is done by one thread of its own, so that a terminal that does not
 * take output holds nothing up.
 */
final class Progress implements RunListener, AutoCloseable {
  private static final long REDRAW_MS = 200;
  private static final long CLOSE_SECONDS = 2;

  /** Lines of running tasks that are drawn; the rest is counted. */
  private static final int MAX_LINES = 12;

  private static final int SUBJECT_WIDTH = 50;
  private static final int TOOL_WIDTH = 30;

  private record Running(Task task, long sinceNanos, String work) {}

  private final Invocation invocation;
  private final PrintStream err;
  private final TaskGraph graph;
  private final int slots;
  private final boolean live;
  private final ScheduledExecutorService drawing =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("progress").daemon().factory());

  private final Map<TaskId, Running> running = new LinkedHashMap<>();
  private final boolean[] isDone;
  private final long beganNanos = System.nanoTime();
  private int done;
  private double costUsd;
  private int bad;
  private int drawnLines;

  Progress(Invocation invocation, TaskGraph graph, int slots) {
    this.invocation = invocation;
    this.err = invocation.err();
    this.graph = graph;
    this.slots = slots;
    this.live = invocation.terminal().live();
    this.isDone = new boolean[graph.size()];
    if (live) {
      var _ =
          drawing.scheduleAtFixedRate(this::redraw, REDRAW_MS, REDRAW_MS, TimeUnit.MILLISECONDS);
    }
  }

  /** A line above the block. */
  void say(String line) {
    drawing.execute(() -> print(line));
  }

  @Override
  public void started(Task task, int attempt) {
    drawing.execute(() -> {
      running.put(task.id(), new Running(task, System.nanoTime(), ""));
      if (!live) {
        String again = attempt > 1 ? " (attempt " + attempt + ")" : "";
        print("started " + named(task) + again);
      }
    });
  }

  @Override
  public void worked(Task task, String doing, long tokens) {
    String work =
        String.format(Locale.ROOT, "  [%,d tokens] %s", tokens, Printable.cut(doing, TOOL_WIDTH));
    drawing.execute(() ->
        running.computeIfPresent(
            task.id(), (_, each) -> new Running(each.task(), each.sinceNanos(), work)));
  }

  @Override
  public void retried(Task task, int attempt, String error, double pauseSeconds) {
    drawing.execute(() -> {
      running.remove(task.id());
      print("retry   " + task.id() + " in " + Seconds.text(pauseSeconds) + ": " + cut(error));
    });
  }

  @Override
  public void ended(TaskResult result) {
    drawing.execute(() -> {
      running.remove(result.taskId());
      done++;
      isDone[graph.indexOf(result.taskId())] = true;
      boolean good = result.status() == Status.SUCCESS;
      bad += good ? 0 : 1;
      costUsd += result.costUsd() == null ? 0 : result.costUsd();
      String error = result.error() == null ? "" : ": " + cut(result.error());
      print(
          switch (result.status()) {
                case SUCCESS -> "done    ";
                case FAILED -> "FAILED  ";
                case SKIPPED -> "skipped ";
                case CANCELLED -> "ended   ";
              }
              + result.taskId()
              + (result.attempts() > 0 ? " (" + Seconds.text(result.duration()) + ")" : "")
              + error);
      result
          .warnings()
          .forEach(warning -> print("warning: " + result.taskId() + ": " + cut(warning)));
    });
  }

  @Override
  public void warned(String warning) {
    say("warning: " + Printable.line(warning));
  }

  private static String named(Task task) {
    return task.subject().equals(task.id().value())
        ? task.id().value()
        : task.id() + "  " + Printable.cut(task.subject(), SUBJECT_WIDTH);
  }

  private static String cut(String error) {
    return Printable.cut(error, 160);
  }

  private void print(String line) {
    erase();
    err.println(line);
    if (live) {
      draw();
    }
    err.flush();
  }

  private void redraw() {
    erase();
    draw();
    err.flush();
  }

  private void erase() {
    if (drawnLines > 0) {
      // Up to the first line of the block, then clear to the end of the screen.
      err.printf(Locale.ROOT, "\u001b[%dF\u001b[J", drawnLines);
      drawnLines = 0;
    }
  }

  private void draw() {
    var lines = new ArrayList<String>();
    long now = System.nanoTime();
    for (Running each :
        List.copyOf(running.values()).subList(0, Math.min(MAX_LINES, running.size()))) {
      lines.add(
          String.format(
              Locale.ROOT,
              "  %-9s %s",
              Seconds.text((now - each.sinceNanos()) / 1e9),
              named(each.task()) + each.work()));
    }
    if (running.size() > MAX_LINES) {
      lines.add("  ... and " + (running.size() - MAX_LINES) + " more");
    }
    lines.add(
        String.format(
            Locale.ROOT,
            "%d/%d done, %d running, %d waiting%s  %s, about %s left%s",
            done,
            graph.size(),
            running.size(),
            graph.size() - done - running.size(),
            bad > 0 ? ", " + bad + " not good" : "",
            Seconds.text((now - beganNanos) / 1e9),
            Seconds.text(secondsLeft(now)),
            costUsd > 0 ? String.format(Locale.ROOT, ", $%.2f so far", costUsd) : ""));
    int width = invocation.terminal().columns() - 1;
    lines.forEach(line -> err.println(line.substring(0, Math.min(line.length(), width))));
    drawnLines = lines.size();
  }

  private double secondsLeft(long now) {
    return TimeLeft.seconds(
        graph,
        slots,
        task -> isDone[task],
        task -> {
          Running each = running.get(graph.task(task).id());
          return each == null ? 0 : (now - each.sinceNanos()) / 1e9;
        });
  }

  /** Draws what waits and leaves the terminal to what comes after. */
  @Override
  public void close() {
    drawing.execute(() -> {
      erase();
      err.flush();
    });
    drawing.shutdown();
    try {
      boolean _ = drawing.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}

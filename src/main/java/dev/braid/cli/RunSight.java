package dev.braid.cli;

import dev.braid.plan.TaskGraph;
import dev.braid.run.Onlooker.Standing;
import dev.braid.run.RunFile;
import dev.braid.task.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** A run with all its tasks as it stood at one moment; it never changes. */
final class RunSight {
  /** In which order tasks are shown; those that are done come last. */
  private static final List<Mark> ORDER =
      List.of(
          Mark.RUNNING,
          Mark.RETRYING,
          Mark.FAILED,
          Mark.READY,
          Mark.WAITING,
          Mark.CANCELLED,
          Mark.SKIPPED,
          Mark.DONE);

  private final RunGlance glance;
  private final RunFile file;
  private final TaskGraph graph;
  private final List<Standing> standings;
  private final List<Mark> marks;
  private final List<Integer> order;

  /**
   * @param standings of each task, by its number
   */
  RunSight(RunGlance glance, RunFile file, TaskGraph graph, List<Standing> standings) {
    this.glance = glance;
    this.file = file;
    this.graph = graph;
    this.standings = List.copyOf(standings);
    this.marks =
        IntStream.range(0, graph.size())
            .mapToObj(task -> Mark.of(standing(task), left(task).isEmpty()))
            .toList();
    this.order =
        IntStream.range(0, graph.size())
            .boxed()
            .sorted(Comparator.comparingInt(task -> ORDER.indexOf(mark(task))))
            .toList();
  }

  RunGlance glance() {
    return glance;
  }

  RunFile file() {
    return file;
  }

  /** Numbers of all tasks, in the order in which they are shown. */
  List<Integer> order() {
    return order;
  }

  Task task(int task) {
    return graph.task(task);
  }

  Standing standing(int task) {
    return standings.get(task);
  }

  Mark mark(int task) {
    return marks.get(task);
  }

  /** What a task still waits for. */
  List<Task> left(int task) {
    var left = new ArrayList<Task>();
    for (int blocker : graph.blockers(task)) {
      if (!(standing(blocker) instanceof Standing.Done)) {
        left.add(graph.task(blocker));
      }
    }
    return left;
  }

  /** Seconds that a task runs, or ran; 0 for one that did neither. */
  double seconds(int task, Instant now) {
    return switch (standing(task)) {
      case Standing.Running running ->
          Math.max(0, Duration.between(running.since(), now).toMillis() / 1e3);
      case Standing.Done done -> done.result().duration();
      case Standing.Waiting _, Standing.BackingOff _ -> 0;
    };
  }

  /** How long it will still take, by its plan. */
  double secondsLeft(Instant now) {
    return TimeLeft.seconds(
        graph,
        file.options().slots(),
        task -> standing(task) instanceof Standing.Done,
        task -> seconds(task, now));
  }
}

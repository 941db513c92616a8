package dev.braid.cli;

import dev.braid.run.Onlooker.Standing;
import dev.braid.run.RunId;
import dev.braid.task.TaskId;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Where a person is in the live view, and what keys do there. */
final class LiveState {
  /** What the arrows move in. */
  enum Pane {
    RUNS,
    TASKS,
    TEXT
  }

  /** What is to be done for the person. */
  sealed interface Request {
    record Nothing() implements Request {}

    record Quit() implements Request {}

    /**
     * To end tasks.
     *
     * @param tasks which; none means all
     */
    record Cancel(RunId run, List<TaskId> tasks) implements Request {
      public Cancel {
        tasks = List.copyOf(tasks);
      }
    }

    record Retry(RunId run) implements Request {}

    record Open(RunId run, TaskId task) implements Request {}
  }

  /** What is done only when the person says yes. */
  private record Question(String text, Request ifYes) {}

  private static final Request NOTHING = new Request.Nothing();

  private final Cursor<RunId> runs = new Cursor<>();
  private final Cursor<Integer> tasks = new Cursor<>();
  private Pane pane = Pane.RUNS;
  private boolean isHelping;
  private @Nullable Question question;
  private String message = "";

  /** Lines of the text that are below the screen. */
  private int below;

  Pane pane() {
    return pane;
  }

  boolean isHelping() {
    return isHelping;
  }

  Cursor<RunId> runs() {
    return runs;
  }

  Cursor<Integer> tasks() {
    return tasks;
  }

  /** What is asked of the person; null when nothing is. */
  @Nullable String question() {
    return question == null ? null : question.text();
  }

  /** What is told to the person until the next key; empty for nothing. */
  String message() {
    return message;
  }

  void tell(String text) {
    message = text;
  }

  /** Lines of the text below the screen, at most so many. */
  int below(int most) {
    below = Math.min(below, most);
    return below;
  }

  /** What is to be read. */
  LiveSource.Choice choice(LiveSnapshot snapshot) {
    RunSight run = run(snapshot);
    Integer task = pane == Pane.TEXT && run != null ? tasks.item(run.order()) : null;
    return new LiveSource.Choice(runId(snapshot), task == null ? -1 : task);
  }

  private @Nullable RunId runId(LiveSnapshot snapshot) {
    return runs.item(ids(snapshot));
  }

  static List<RunId> ids(LiveSnapshot snapshot) {
    return snapshot.runs().stream().map(RunGlance::id).toList();
  }

  /** The run that is chosen; null when there is none, or it is not read yet. */
  @Nullable RunSight run(LiveSnapshot snapshot) {
    RunSight run = snapshot.run();
    return run != null && run.glance().id().equals(runId(snapshot)) ? run : null;
  }

  /** Does what a key means, or says what is to be done by others. */
  Request press(Key key, LiveSnapshot snapshot, LiveLayout layout) {
    message = "";
    if (key == Key.QUIT) {
      return new Request.Quit();
    }
    if (question != null) {
      Request answer = key == Key.YES ? question.ifYes() : NOTHING;
      question = null;
      return answer;
    }
    if (isHelping) {
      isHelping = false;
      return NOTHING;
    }
    switch (key) {
      case UP -> move(snapshot, -1);
      case DOWN -> move(snapshot, 1);
      case PAGE_UP -> move(snapshot, -page(layout));
      case PAGE_DOWN -> move(snapshot, page(layout));
      case FIRST -> move(snapshot, -Integer.MAX_VALUE);
      case LAST -> move(snapshot, Integer.MAX_VALUE);
      case ENTER, SHOW -> enter(snapshot);
      case SWITCH -> goTo(pane == Pane.RUNS ? Pane.TASKS : Pane.RUNS, snapshot);
      case BACK -> goTo(pane == Pane.TEXT ? Pane.TASKS : Pane.RUNS, snapshot);
      case CANCEL -> cancel(snapshot);
      case RETRY -> retry(snapshot);
      case OPEN -> {
        return open(snapshot);
      }
      case HELP -> isHelping = true;
      case YES, QUIT, OTHER -> {}
    }
    return NOTHING;
  }

  private int page(LiveLayout layout) {
    return switch (pane) {
      case RUNS -> layout.runs();
      case TASKS -> layout.tasks();
      case TEXT -> layout.text();
    };
  }

  private void move(LiveSnapshot snapshot, int by) {
    RunSight run = run(snapshot);
    switch (pane) {
      case RUNS -> {
        runs.move(ids(snapshot), by);
        tasks.moveToFirst();
      }
      case TASKS -> {
        if (run != null) {
          tasks.move(run.order(), by);
        }
      }
      case TEXT -> below = Math.clamp((long) below - by, 0, Integer.MAX_VALUE);
    }
  }

  private void enter(LiveSnapshot snapshot) {
    RunSight run = run(snapshot);
    if (pane == Pane.TASKS && run != null && !run.order().isEmpty()) {
      tasks.hold(run.order());
      below = 0;
      pane = Pane.TEXT;
    } else if (pane == Pane.RUNS) {
      goTo(Pane.TASKS, snapshot);
    }
  }

  private void goTo(Pane next, LiveSnapshot snapshot) {
    runs.hold(ids(snapshot));
    pane = runId(snapshot) == null ? Pane.RUNS : next;
  }

  private void cancel(LiveSnapshot snapshot) {
    RunSight run = run(snapshot);
    if (run == null) {
      return;
    }
    RunId id = run.glance().id();
    Integer task = task(run);
    if (!run.glance().mark().isUnderWay()) {
      message = "run " + id.shortForm() + " has ended";
    } else if (task == null) {
      int left = run.glance().tasks() - run.glance().counts().done();
      question =
          new Question(
              "cancel run %s (%d tasks)? y/n".formatted(id.shortForm(), left),
              new Request.Cancel(id, List.of()));
    } else if (run.standing(task) instanceof Standing.Done) {
      message = "task " + run.task(task).id() + " is done";
    } else {
      TaskId taskId = run.task(task).id();
      question =
          new Question("cancel task " + taskId + "? y/n", new Request.Cancel(id, List.of(taskId)));
    }
  }

  /** The task that is chosen; null when a run is. */
  private @Nullable Integer task(RunSight run) {
    return pane == Pane.RUNS ? null : tasks.item(run.order());
  }

  private void retry(LiveSnapshot snapshot) {
    RunSight run = run(snapshot);
    if (run == null) {
      return;
    }
    RunGlance glance = run.glance();
    String id = glance.id().shortForm();
    if (glance.mark().isUnderWay()) {
      message = "run " + id + " has not ended";
    } else if (glance.mark() == Mark.DONE) {
      message = "nothing to retry: all tasks of run " + id + " succeeded";
    } else {
      int again = glance.tasks() - glance.counts().succeeded();
      question =
          new Question(
              String.format(Locale.ROOT, "run %d tasks of run %s again? y/n", again, id),
              new Request.Retry(glance.id()));
    }
  }

  private Request open(LiveSnapshot snapshot) {
    RunSight run = run(snapshot);
    Integer number = run == null ? null : task(run);
    if (run == null || number == null) {
      message = "choose a task first";
      return NOTHING;
    }
    TaskId task = run.task(number).id();
    if (run.standing(number) instanceof Standing.Done done) {
      if (done.result().sessionId() != null) {
        return new Request.Open(run.glance().id(), task);
      }
      message = "task " + task + " has no conversation";
    } else {
      message = "task " + task + " is not done yet";
    }
    return NOTHING;
  }
}

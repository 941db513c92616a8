package dev.braid.cli;

import dev.braid.cli.LiveState.Pane;
import dev.braid.run.RunId;
import java.util.ArrayList;
import java.util.List;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStyle;

/** Draws the live view: a line of text for each line of the screen, and nothing off the screen. */
final class LiveDrawing {
  private static final List<String> HELP =
      List.of(
          "up, down, k, j       move; Page Up, Page Down, g, G move farther",
          "Enter, right         into a run; the output of a task",
          "Tab                  between the runs and the tasks of one",
          "Esc, left            back",
          "l                    the end of what a task put out, and its error",
          "c                    cancel the run, or the task",
          "r                    run again what did not succeed in a run that has ended",
          "o                    open the conversation of a task in Claude Code",
          "q, Ctrl-C            quit; runs go on",
          "",
          "A task is running, retrying (soon), failed, ready (for a slot), waiting (for tasks),",
          "cancelled, skipped (what it waited for failed) or done.");

  private final Look look;
  private final RunRows runRows;
  private final TaskRows taskRows;
  private final TextRows textRows;

  LiveDrawing(Look look) {
    this.look = look;
    this.runRows = new RunRows(look);
    this.taskRows = new TaskRows(look);
    this.textRows = new TextRows(look);
  }

  /** As many lines as the screen has. */
  List<AttributedString> draw(LiveSnapshot snapshot, LiveState state, LiveLayout layout) {
    var lines = new ArrayList<AttributedString>();
    if (layout.isTooSmall()) {
      lines.add(
          new LineDraft(layout.width(), look)
              .text("too small: %dx%d".formatted(LiveLayout.MIN_WIDTH, LiveLayout.MIN_HEIGHT))
              .done());
      return filled(lines, layout.height());
    }
    lines.add(header(snapshot, layout));
    addProblems(snapshot, layout, lines);
    if (state.isHelping()) {
      lines.add(rule("keys", "", layout.width(), look));
      HELP.forEach(line -> lines.add(new LineDraft(layout.width(), look).text(line).done()));
    } else if (state.pane() == Pane.TEXT) {
      textRows.add(snapshot, state, layout, lines);
    } else {
      addRuns(snapshot, state, layout, lines);
      addTasks(snapshot, state, layout, lines);
    }
    filled(lines, layout.height() - 1);
    lines.add(footer(state, layout));
    return lines;
  }

  private static List<AttributedString> filled(List<AttributedString> lines, int height) {
    while (lines.size() > height) {
      lines.removeLast();
    }
    while (lines.size() < height) {
      lines.add(AttributedString.EMPTY);
    }
    return lines;
  }

  private AttributedString header(LiveSnapshot snapshot, LiveLayout layout) {
    DaemonGlance daemon = snapshot.daemon();
    String mode = daemon.mode().isEmpty() ? "" : "mode " + daemon.mode() + ", ";
    return new LineDraft(layout.width(), look)
        .text("Braid  ", AttributedStyle.BOLD)
        .foreign(mode + daemon.words(), layout.width(), AttributedStyle.DEFAULT)
        .done();
  }

  private void addProblems(LiveSnapshot snapshot, LiveLayout layout, List<AttributedString> lines) {
    AttributedStyle style = look.colored(AttributedStyle.YELLOW);
    int hidden = snapshot.problems().size() - layout.problems();
    for (int i = 0; i < layout.problems(); i++) {
      boolean isLast = i == layout.problems() - 1;
      String more = isLast && hidden > 0 ? "(" + hidden + " more: braid status) " : "";
      lines.add(
          new LineDraft(layout.width(), look)
              .text("! " + more, style)
              .foreign(snapshot.problems().get(i), layout.width(), style)
              .done());
    }
  }

  private void addRuns(
      LiveSnapshot snapshot, LiveState state, LiveLayout layout, List<AttributedString> lines) {
    List<RunGlance> runs = snapshot.runs();
    if (runs.isEmpty()) {
      boolean isRead = !snapshot.daemon().equals(DaemonGlance.UNKNOWN);
      String words = isRead ? "no runs yet; braid run FILE begins one" : "reading ...";
      lines.add(new LineDraft(layout.width(), look).text(words, look.faint()).done());
      return;
    }
    List<RunId> ids = LiveState.ids(snapshot);
    int top = state.runs().top(ids, layout.runs());
    int chosen = state.runs().index(ids);
    for (int i = top; i < Math.min(runs.size(), top + layout.runs()); i++) {
      LineDraft line = new LineDraft(layout.width(), look).text(pointer(i == chosen));
      runRows.row(line, runs.get(i), snapshot.at());
      lines.add(i == chosen && state.pane() == Pane.RUNS ? line.chosen() : line.done());
    }
  }

  private String pointer(boolean isChosen) {
    return !isChosen ? "  " : look.unicode() ? "› " : "> ";
  }

  private void addTasks(
      LiveSnapshot snapshot, LiveState state, LiveLayout layout, List<AttributedString> lines) {
    RunSight run = state.run(snapshot);
    if (run == null) {
      return; // it is being read
    }
    List<Integer> order = run.order();
    int top = state.tasks().top(order, layout.tasks());
    int end = Math.min(order.size(), top + layout.tasks());
    lines.add(
        rule(
            "run " + run.glance().id().shortForm() + "  " + run.glance().title(),
            "tasks " + range(top, end, order.size()),
            layout.width(),
            look));
    lines.add(runRows.progress(run, layout.width()));
    lines.add(runRows.times(run, snapshot.at(), layout.width()));
    int chosen = state.pane() == Pane.TASKS ? state.tasks().index(order) : -1;
    for (int i = top; i < end; i++) {
      LineDraft line = new LineDraft(layout.width(), look).text(pointer(i == chosen));
      taskRows.row(line, run, order.get(i), snapshot);
      lines.add(i == chosen ? line.chosen() : line.done());
    }
  }

  /** Such as {@code 1-12 of 40}. */
  static String range(int from, int to, int all) {
    return all == 0 ? "0" : (from + 1) + "-" + to + " of " + all;
  }

  /** A line across the screen with a title at its left and a remark at its right. */
  static AttributedString rule(String title, String remark, int width, Look look) {
    String stroke = look.unicode() ? "─" : "-";
    int space = width - remark.length() - 8;
    LineDraft line =
        new LineDraft(width, look)
            .text(stroke + stroke + " ", look.faint())
            .foreign(title, space, AttributedStyle.BOLD)
            .text(" ");
    String end = remark.isEmpty() ? "" : " " + remark + " ";
    int strokes = Math.max(0, line.left() - end.length() - 2);
    return line.text(stroke.repeat(strokes), look.faint())
        .text(end)
        .text(stroke + stroke, look.faint())
        .done();
  }

  private AttributedString footer(LiveState state, LiveLayout layout) {
    LineDraft line = new LineDraft(layout.width(), look);
    String question = state.question();
    if (question != null) {
      return line.foreign(question, layout.width(), AttributedStyle.BOLD).done();
    }
    if (!state.message().isEmpty()) {
      return line.foreign(state.message(), layout.width(), AttributedStyle.BOLD).done();
    }
    String keys =
        state.isHelping()
            ? "any key: back"
            : switch (state.pane()) {
              case RUNS -> "q quit  ? help  Enter tasks  c cancel  r retry";
              case TASKS -> "q quit  ? help  Esc back  Enter output  o open  c cancel  r retry";
              case TEXT -> "q quit  ? help  Esc back  o open  c cancel";
            };
    return line.text(keys, look.faint()).done();
  }
}

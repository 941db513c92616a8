package dev.braid.cli;

import dev.braid.run.Onlooker.Counts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStyle;

/** The lines that the live view has for a run. */
final class RunRows {
  /** From this width on there is room for bars and whole words in lists. */
  static final int WIDE = 60;

  private static final int BAR = 10;
  private static final int LONG_BAR = 30;
  private static final int SHORT_WORD = 9;
  private static final int LONG_WORD = 11;
  private static final int DONE = 7;
  private static final int TIME = 11;
  private static final int BAD = 9;

  private final Look look;

  RunRows(Look look) {
    this.look = look;
  }

  /** One of the list. */
  void row(LineDraft line, RunGlance run, Instant now) {
    boolean isWide = line.left() >= WIDE - 2;
    Mark mark = run.mark();
    int word = Math.max(isWide ? LONG_WORD : SHORT_WORD, mark.word().length());
    String done = run.counts().done() + "/" + run.tasks();
    boolean isTimed = mark != Mark.INTERRUPTED && mark != Mark.PARKED;
    String time = isTimed ? Seconds.text(run.seconds(now)) : "";
    line.mark(mark, word).text(run.id().shortForm() + " ", AttributedStyle.BOLD);
    if (isWide) {
      bar(line, run.counts(), run.tasks(), BAR).text(" ");
    }
    line.column(done, Math.max(DONE, done.length()), AttributedStyle.DEFAULT);
    line.column(time, TIME, AttributedStyle.DEFAULT);
    if (isWide) {
      String bad = run.bad() == 0 ? "" : run.bad() + " failed";
      line.column(bad, Math.max(BAD, bad.length()), look.colored(AttributedStyle.RED));
    }
    line.foreign(run.title(), line.left(), look.faint());
  }

  /** How far a run is. */
  AttributedString progress(RunSight run, int width) {
    Counts counts = run.glance().counts();
    LineDraft line = new LineDraft(width, look);
    bar(line, counts, run.glance().tasks(), width < WIDE ? BAR : LONG_BAR).text(" ");
    var parts = new ArrayList<String>();
    parts.add(counts.done() + " of " + run.glance().tasks() + " done");
    add(parts, counts.running(), "running");
    add(parts, counts.waiting(), "waiting");
    line.text(String.join(", ", parts));
    if (counts.failed() > 0) {
      line.text(", " + counts.failed() + " failed", look.colored(AttributedStyle.RED));
    }
    parts.clear();
    add(parts, counts.skipped(), "skipped");
    add(parts, counts.cancelled(), "cancelled");
    parts.forEach(part -> line.text(", " + part));
    return line.done();
  }

  private static void add(List<String> parts, int count, String what) {
    if (count > 0) {
      parts.add(count + " " + what);
    }
  }

  /** What succeeded, what did not, and what is to come. */
  private LineDraft bar(LineDraft line, Counts counts, int tasks, int columns) {
    int good = columns(counts.succeeded(), tasks, columns);
    int done = columns(counts.done(), tasks, columns);
    return line.text((look.unicode() ? "█" : "#").repeat(good), Mark.DONE.style(look))
        .text((look.unicode() ? "▒" : "x").repeat(done - good), Mark.FAILED.style(look))
        .text((look.unicode() ? "░" : "-").repeat(columns - done), look.faint());
  }

  private static int columns(int count, int tasks, int columns) {
    return tasks == 0 ? columns : (int) ((long) count * columns / tasks);
  }

  /** How long it takes and what it costs; why it does not go on, where it does not. */
  AttributedString times(RunSight run, Instant now, int width) {
    RunGlance glance = run.glance();
    LineDraft line = new LineDraft(width, look);
    line.text(glance.mark().word(), glance.mark().style(look));
    String time = Seconds.text(glance.seconds(now));
    switch (glance.mark()) {
      case RUNNING ->
          line.text(
              ", %d of %d slots, %s, about %s left"
                  .formatted(
                      glance.counts().running(),
                      run.file().options().slots(),
                      time,
                      Seconds.text(run.secondsLeft(now))));
      case INTERRUPTED -> line.text(": nobody runs it; go on with: braid resume");
      case PARKED ->
          line.text(": ")
              .foreign(
                  glance.parked().orElse("") + "; go on with: braid resume",
                  width,
                  AttributedStyle.DEFAULT);
      default -> line.text(" in " + time);
    }
    if (glance.costUsd() != null) {
      String soFar = glance.mark().isUnderWay() ? " so far" : "";
      line.text(String.format(Locale.ROOT, ", $%.2f%s", glance.costUsd(), soFar));
    }
    return line.done();
  }
}

package dev.braid.cli;

import dev.braid.stats.Columns;
import java.util.ArrayList;
import java.util.List;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStyle;

/** The lines that the live view has for what a task put out: its end, and from there upwards. */
final class TextRows {
  /** An indentation is kept up to so many columns. */
  private static final int MAX_INDENT = 16;

  private static final int TAB = 4;

  private final Look look;

  TextRows(Look look) {
    this.look = look;
  }

  void add(
      LiveSnapshot snapshot, LiveState state, LiveLayout layout, List<AttributedString> lines) {
    RunSight run = state.run(snapshot);
    Integer number = run == null ? null : state.tasks().item(run.order());
    if (run == null || number == null) {
      return;
    }
    TaskText text = snapshot.text();
    boolean isRead = text != null && text.task().equals(run.task(number).id());
    List<AttributedString> all =
        text != null && isRead ? lines(text, layout.width()) : said("reading ...", layout.width());
    if (all.isEmpty()) {
      all = said("nothing so far", layout.width());
    }
    int rows = layout.text();
    int end = all.size() - state.below(Math.max(0, all.size() - rows));
    int top = Math.max(0, end - rows);
    String title = "task " + run.task(number).id() + ": " + run.mark(number).word();
    String remark = "lines " + LiveDrawing.range(top, end, all.size());
    lines.add(LiveDrawing.rule(title, remark, layout.width(), look));
    lines.addAll(all.subList(top, end));
  }

  private List<AttributedString> said(String words, int width) {
    return List.of(new LineDraft(width, look).text(words, look.faint()).done());
  }

  private List<AttributedString> lines(TaskText text, int width) {
    var lines = new ArrayList<AttributedString>();
    text.output().forEach(line -> addWrapped(line, width, AttributedStyle.DEFAULT, lines));
    text.error().forEach(line -> addWrapped(line, width, look.colored(AttributedStyle.RED), lines));
    return lines;
  }

  private void addWrapped(
      String line, int width, AttributedStyle style, List<AttributedString> lines) {
    int indent = Math.min(MAX_INDENT, indent(line));
    for (String piece : Columns.wrap(Columns.plain(line, look.unicode()), width - indent)) {
      lines.add(new LineDraft(width, look).to(indent).text(piece, style).done());
    }
  }

  private static int indent(String line) {
    int columns = 0;
    for (int i = 0; i < line.length(); i++) {
      switch (line.charAt(i)) {
        case ' ' -> columns++;
        case '\t' -> columns += TAB;
        default -> {
          return columns;
        }
      }
    }
    return 0;
  }
}

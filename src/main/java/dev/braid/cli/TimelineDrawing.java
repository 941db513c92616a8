package dev.braid.cli;

import dev.braid.run.Timeline;
import dev.braid.stats.Wording;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A timeline as shapes of a picture: a lane for each slot, a bar for each attempt, and under the
 * bars a line for the time that the task of the next one waited.
 */
final class TimelineDrawing {
  private static final int WIDTH = 1_000;
  private static final int LEFT = 60;
  private static final int LANE = 30;
  private static final int BAR = 20;
  private static final int AXIS = 24;
  private static final double LETTER = 7;

  /** So many attempts are drawn. */
  private static final int MAX_SPANS = 5_000;

  /** Lines of the axis, at most. */
  private static final int MAX_TICKS = 10;

  private final Timeline timeline;
  private final List<Timeline.Span> spans;
  private final double seconds;

  TimelineDrawing(Timeline timeline) {
    this.timeline = timeline;
    this.spans = timeline.spans().stream().limit(MAX_SPANS).toList();
    double last = 0;
    for (Timeline.Span span : spans) {
      last = Math.max(last, since(span.start()) + span.seconds());
    }
    this.seconds = last;
  }

  private double since(Instant at) {
    Instant began = timeline.began();
    return began == null ? 0 : Duration.between(began, at).toNanos() / 1e9;
  }

  /** For the page's template; empty when nothing ran. */
  Map<String, Object> shapes() {
    if (spans.isEmpty()) {
      return Map.of();
    }
    int slots = 1 + spans.stream().mapToInt(Timeline.Span::slot).max().orElse(0);
    var shapes = new HashMap<String, Object>();
    shapes.put("width", WIDTH);
    shapes.put("height", slots * LANE + AXIS);
    shapes.put("bottom", slots * LANE);
    shapes.put("lanes", lanes(slots));
    shapes.put("ticks", ticks());
    shapes.put("bars", spans.stream().map(this::bar).toList());
    shapes.put("waits", waits());
    return shapes;
  }

  private static List<Map<String, Object>> lanes(int slots) {
    var lanes = new ArrayList<Map<String, Object>>();
    for (int slot = 0; slot < slots; slot++) {
      lanes.add(Map.of("name", "slot " + slot, "y", slot * LANE + BAR - 4));
    }
    return lanes;
  }

  private List<Map<String, Object>> ticks() {
    var ticks = new ArrayList<Map<String, Object>>();
    double step = step();
    for (int i = 0; i * step <= seconds && i <= MAX_TICKS; i++) {
      ticks.add(Map.of("x", number(x(i * step)), "text", Wording.duration(i * step)));
    }
    return ticks;
  }

  /** 1, 2 or 5 times a power of ten: the smallest that does not make too many. */
  private double step() {
    double least = Math.max(seconds, 1e-3) / MAX_TICKS;
    double power = Math.pow(10, Math.floor(Math.log10(least)));
    for (int factor : new int[] {1, 2, 5}) {
      if (power * factor >= least) {
        return power * factor;
      }
    }
    return power * 10;
  }

  private double x(double second) {
    return LEFT + (seconds == 0 ? 0 : second / seconds * (WIDTH - LEFT - 10));
  }

  private Map<String, Object> bar(Timeline.Span span) {
    double x = x(since(span.start()));
    double width = Math.max(1, x(since(span.start()) + span.seconds()) - x);
    boolean isCritical = timeline.critical().contains(span.task());
    String task = span.task().value();
    int letters = (int) (width / LETTER) - 1;
    return Map.of(
        "x",
        number(x),
        "y",
        span.slot() * LANE + 2,
        "width",
        number(width),
        "height",
        BAR,
        "outcome",
        span.outcome(),
        "critical",
        isCritical,
        "label",
        letters < 2 ? "" : task.substring(0, Math.min(letters, task.length())),
        "text_x",
        number(x + 4),
        "text_y",
        span.slot() * LANE + BAR - 4,
        "title",
        "%s, attempt %d: %s after %s%s"
            .formatted(
                task,
                span.attempt(),
                span.outcome(),
                Wording.duration(span.seconds()),
                isCritical ? ", on the critical path" : ""));
  }

  private List<Map<String, Object>> waits() {
    var waits = new ArrayList<Map<String, Object>>();
    for (Timeline.Wait wait : timeline.waits()) {
      Timeline.Span next = next(wait);
      if (next != null && waits.size() < MAX_SPANS) {
        double x = x(since(wait.start()));
        waits.add(
            Map.of(
                "x",
                number(x),
                "y",
                next.slot() * LANE + BAR + 4,
                "width",
                number(Math.max(1, x(since(wait.start()) + wait.seconds()) - x)),
                "title",
                wait.task()
                    + " waited "
                    + Wording.duration(wait.seconds())
                    + (wait.isForRetry() ? " to be done again" : "")));
      }
    }
    return waits;
  }

  /** The attempt that it waited for; null when that one has not ended. */
  private Timeline.@Nullable Span next(Timeline.Wait wait) {
    return byTask(wait).stream()
        .filter(span -> !span.start().isBefore(wait.start()))
        .findFirst()
        .orElse(null);
  }

  private List<Timeline.Span> byTask(Timeline.Wait wait) {
    return spans.stream().filter(span -> span.task().equals(wait.task())).toList();
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}

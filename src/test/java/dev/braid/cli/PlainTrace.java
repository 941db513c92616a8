package dev.braid.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** A trace as a viewer reads it: events, by the letters that say what they are. */
public final class PlainTrace {
  /** A microsecond for each event, in seconds. */
  private static final double ROUNDING = 1.01e-6;

  private record Span(String task, long start, long end) {}

  private final String run;
  private final List<JsonNode> events = new ArrayList<>();

  /**
   * @param run for messages
   */
  public PlainTrace(String run, JsonNode trace) {
    this.run = run;
    trace.path("traceEvents").forEach(events::add);
  }

  private List<JsonNode> complete() {
    return events.stream().filter(event -> event.path("ph").asText().equals("X")).toList();
  }

  /**
   * It is whole, no two attempts are in one slot at a time, and it says what the results and the
   * report say.
   */
  public void assertLike(PlainReading reading, JsonNode report) {
    assertWhole();
    assertNobodyWaitsAndRuns();
    reading.seconds().forEach((task, seconds) -> assertSum(named(task), task, seconds));
    if (reading.isFinished()) {
      JsonNode timing = report.path("timing");
      assertSum(_ -> true, "all", timing.path("sequential_seconds").asDouble());
      assertSum(
          event -> event.at("/args/critical").asBoolean(),
          "critical path",
          timing.path("critical_path_seconds").asDouble());
    }
  }

  private static Predicate<JsonNode> named(String task) {
    return event -> event.path("name").asText().equals(task);
  }

  private void assertWhole() {
    Map<Long, List<Span>> slots = new HashMap<>();
    for (JsonNode event : events) {
      assertThat(event.path("ph").asText()).as("%s: %s", run, event).isIn("X", "M", "b", "e");
      assertThat(event.path("name").isTextual()).as("%s: %s", run, event).isTrue();
      assertThat(event.path("pid").isIntegralNumber()).as("%s: %s", run, event).isTrue();
      assertThat(event.path("tid").isIntegralNumber()).as("%s: %s", run, event).isTrue();
      if (!event.path("ph").asText().equals("M")) {
        assertThat(event.path("ts").isIntegralNumber()).as("%s: %s", run, event).isTrue();
        assertThat(event.path("ts").asLong()).as("%s: %s", run, event).isNotNegative();
      }
    }
    for (JsonNode event : complete()) {
      assertThat(event.path("dur").isIntegralNumber()).as("%s: %s", run, event).isTrue();
      assertThat(event.path("dur").asLong()).as("%s: %s", run, event).isNotNegative();
      slots.computeIfAbsent(event.path("tid").asLong(), _ -> new ArrayList<>()).add(span(event));
    }
    slots.forEach((slot, spans) -> assertApart("slot " + slot, spans));
    waits().forEach((task, spans) -> assertApart("waits of " + task, spans));
  }

  private static Span span(JsonNode event) {
    long start = event.path("ts").asLong();
    return new Span(event.path("name").asText(), start, start + event.path("dur").asLong());
  }

  /** Each begin has its end. */
  private Map<String, List<Span>> waits() {
    Map<String, List<Span>> waits = new HashMap<>();
    Map<String, Long> begun = new HashMap<>();
    for (JsonNode event : events) {
      String task = event.path("id").asText();
      if (event.path("ph").asText().equals("b")) {
        assertThat(begun.put(task, event.path("ts").asLong())).as("%s: %s", run, event).isNull();
      } else if (event.path("ph").asText().equals("e")) {
        Long start = begun.remove(task);
        assertThat(start).as("%s: begin of %s", run, event).isNotNull();
        waits
            .computeIfAbsent(task, _ -> new ArrayList<>())
            .add(new Span(task, start == null ? 0 : start, event.path("ts").asLong()));
      }
    }
    assertThat(begun).as("%s: waits without end", run).isEmpty();
    return waits;
  }

  private void assertApart(String what, List<Span> spans) {
    spans.sort(Comparator.comparingLong(Span::start).thenComparingLong(Span::end));
    for (int i = 1; i < spans.size(); i++) {
      assertThat(spans.get(i).start())
          .as("%s, %s: %s", run, what, spans)
          .isGreaterThanOrEqualTo(spans.get(i - 1).end());
    }
  }

  private void assertNobodyWaitsAndRuns() {
    Map<String, List<Span>> all = waits();
    for (JsonNode event : complete()) {
      all.computeIfAbsent(event.path("name").asText(), _ -> new ArrayList<>()).add(span(event));
    }
    all.forEach((task, spans) -> assertApart("waits and attempts of " + task, spans));
  }

  private void assertSum(Predicate<JsonNode> which, String what, double seconds) {
    List<JsonNode> counted = complete().stream().filter(which).toList();
    assertThat(counted.stream().mapToLong(event -> event.path("dur").asLong()).sum() / 1e6)
        .as("%s: %s", run, what)
        .isCloseTo(seconds, within(ROUNDING * counted.size() + 1e-9));
  }
}

package dev.braid.dashboard;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.claude.HookEvent;
import dev.braid.store.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How long events of hooks took inside the daemon, by kind of event. Safe for use by several
 * threads.
 */
public final class HookTimes {
  /** Times of one kind that quantiles are made of, the last ones. */
  private static final int MAX_KEPT = 512;

  private static final double MS = 1e6;
  private static final double SECONDS = 1e9;

  /**
   * How long events of one kind took.
   *
   * @param count since the daemon started; the quantiles are of the last 512
   */
  record Times(
      String event, long count, double sumSeconds, double p50Ms, double p99Ms, double maxMs) {}

  private static final class Kept {
    private final long[] nanos = new long[MAX_KEPT];
    private long count;
    private long sum;
    private long max;

    private void add(long duration) {
      nanos[(int) (count % MAX_KEPT)] = duration;
      count++;
      sum += duration;
      max = Math.max(max, duration);
    }

    private Times times(String event) {
      long[] sorted = Arrays.copyOf(nanos, (int) Math.min(count, MAX_KEPT));
      Arrays.sort(sorted);
      return new Times(
          event, count, sum / SECONDS, at(sorted, 0.5) / MS, at(sorted, 0.99) / MS, max / MS);
    }

    private static long at(long[] sorted, double part) {
      return sorted[(int) Math.min(sorted.length - 1L, (long) (part * sorted.length))];
    }
  }

  private final Instant since;
  private final Map<String, Kept> kinds = new TreeMap<>();

  public HookTimes(Instant since) {
    this.since = since;
  }

  /** An event was answered. */
  public synchronized void took(HookEvent event, long nanos) {
    kinds.computeIfAbsent(name(event), _ -> new Kept()).add(nanos);
  }

  private static String name(HookEvent event) {
    return switch (event) {
      case HookEvent.ToolAsked _ -> "PreToolUse";
      case HookEvent.ToolUsed _ -> "PostToolUse";
      case HookEvent.PromptSubmitted _ -> "UserPromptSubmit";
      case HookEvent.CommandTyped _ -> "UserPromptExpansion";
      case HookEvent.SubagentStarted _ -> "SubagentStart";
      case HookEvent.SessionEnded _ -> "SessionEnd";
      case HookEvent.Other _ -> "other";
    };
  }

  synchronized List<Times> all() {
    var all = new ArrayList<Times>();
    kinds.forEach((event, kept) -> all.add(kept.times(event)));
    return all;
  }

  ObjectNode json() {
    ObjectNode node = Json.object().put("since", since.toString());
    ArrayNode events = node.putArray("events");
    for (Times times : all()) {
      events
          .addObject()
          .put("event", times.event())
          .put("count", times.count())
          .put("p50_ms", times.p50Ms())
          .put("p99_ms", times.p99Ms())
          .put("max_ms", times.maxMs());
    }
    return node;
  }
}

package dev.braid.hook;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one session of Claude Code. All but the lock is used only by who holds the lock.
 */
final class Session {
  /** Calls that are in flight at a time; a session that has more is not waited for. */
  private static final int MAX_CALLS = 1_000;

  /** A call of which nothing was heard for so long will not be answered any more. */
  private static final long CALL_PATIENCE_NANOS = 5_000_000_000L;

  /** Held while something of it changes. */
  final ReentrantLock lock = new ReentrantLock();

  final String id;
  final MadeTasks made;

  /** Calls of task tools that were asked for and not answered, with when. */
  private final Map<String, Long> calls = new HashMap<>();

  private long lastCallNanos;

  /** Null while nothing is reserved. */
  @Nullable Reservation reservation;

  /** What was reserved whose run has begun, by name, until it is waited for no more; else null. */
  @Nullable String settled;

  /** How many tasks it had made when it was last told a plan; -1 for never. */
  int advisedAt = -1;

  /** The last plan that it was told. */
  String advice = "";

  /** Whether the next look at its reservation is due already. */
  boolean isLookDue;

  Session(String id, MadeTasks made) {
    this.id = id;
    this.made = made;
  }

  void asked(String call, long now) {
    lastCallNanos = now;
    if (calls.size() < MAX_CALLS) {
      calls.put(call, now);
    }
  }

  void answered(String call, long now) {
    lastCallNanos = now;
    calls.remove(call);
  }

  /** Nothing is in flight any more, whatever was heard of it. */
  void cameToRest() {
    calls.clear();
  }

  /** How long nothing has happened, in nanoseconds; 0 while a call is in flight. */
  long quietNanos(long now) {
    calls.values().removeIf(since -> now - since > CALL_PATIENCE_NANOS);
    return calls.isEmpty() ? now - lastCallNanos : 0;
  }
}

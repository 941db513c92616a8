package dev.braid.run;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Whether models may work for a run; when not, why, and until when. */
final class Parking {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

  private Entry.@Nullable Parked now;

  /**
   * @param before what the last owner left; it goes on when that has a time, else a person has done
   *     something about it, or is told again
   */
  Parking(Entry.@Nullable Parked before) {
    this.now = before == null || before.until() == null ? null : before;
  }

  boolean isParked() {
    return now != null;
  }

  /** Null when it is not parked. */
  Entry.@Nullable Parked now() {
    return now;
  }

  /** Parks it, or, when it is parked, moves the time to the later one. */
  void park(Entry.Parked parked) {
    Instant before = now == null ? null : now.until();
    Instant until = parked.until();
    boolean later = until == null || before == null || until.isAfter(before);
    if (now == null || (later && now.until() != null)) {
      now = parked;
    }
  }

  /** Whether its time is over; it goes on then. */
  boolean unparkWhenDue(Instant at) {
    if (now == null || now.until() == null || now.until().isAfter(at)) {
      return false;
    }
    now = null;
    return true;
  }

  /** What a person is told. */
  static String inWords(Entry.Parked parked) {
    String until =
        parked.until() == null
            ? ""
            : " until " + TIME.format(parked.until().atZone(ZoneId.systemDefault()));
    return "parked" + until + ": " + parked.message();
  }
}

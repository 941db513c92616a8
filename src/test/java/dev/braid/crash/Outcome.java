package dev.braid.crash;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What came of a round in which all was well.
 *
 * @param hits faults at which the program died
 * @param kills by whom they struck
 * @param recoveries how long each took
 */
record Outcome(
    Round round,
    List<Fault> hits,
    Map<Victim, Integer> kills,
    List<Duration> recoveries,
    Duration time) {
  @Override
  public String toString() {
    String recovered =
        recoveries.stream().map(each -> each.toMillis() + " ms").collect(Collectors.joining(", "));
    return "%s: killed %s, recovered in [%s], %d ms"
        .formatted(round, kills, recovered, time.toMillis());
  }
}

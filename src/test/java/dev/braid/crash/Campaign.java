package dev.braid.crash;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/** Rounds with consecutive seeds, two at a time. */
final class Campaign {
  private static final int AT_ONCE = 2;
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final long seed;
  private final int rounds;
  private final List<Outcome> outcomes = new CopyOnWriteArrayList<>();

  Campaign(long seed, int rounds) {
    this.seed = seed;
    this.rounds = rounds;
  }

  /** Whether its rounds are enough to come to each known fault. */
  boolean takesEveryFault() {
    return rounds >= 2 * Faults.ALL.size();
  }

  /** Rounds in which all was well, so far. */
  List<Outcome> outcomes() {
    return outcomes;
  }

  /** Begins to play all rounds, in order. */
  List<Future<Outcome>> start() {
    ExecutorService threads =
        Executors.newFixedThreadPool(
            AT_ONCE, Thread.ofPlatform().name("round-", 1).daemon().factory());
    var started = new ArrayList<Future<Outcome>>();
    for (int i = 0; i < rounds; i++) {
      long seedOfRound = seed + i;
      started.add(threads.submit(() -> play(seedOfRound)));
    }
    threads.shutdown();
    return started;
  }

  private Outcome play(long seedOfRound) throws Exception {
    Outcome outcome = Round.of(seedOfRound).play();
    outcomes.add(outcome);
    System.out.println(outcome);
    return outcome;
  }

  /** The end of a round; throws what was wrong with it. */
  static Outcome await(Future<Outcome> round) throws Exception {
    try {
      return round.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof AssertionError wrong) {
        throw wrong;
      }
      throw e;
    }
  }

  /** Arguments: seed of the first round, number of rounds. Prints a line of JSON at the end. */
  public static void main(String[] arguments) throws Exception {
    var campaign = new Campaign(Long.parseLong(arguments[0]), Integer.parseInt(arguments[1]));
    int failures = 0;
    for (Future<Outcome> round : campaign.start()) {
      try {
        var _ = await(round);
      } catch (AssertionError | ExecutionException | TimeoutException e) {
        failures++;
        System.out.println("FAILED " + e.getMessage() + " " + e.getCause());
      }
    }
    System.out.println(campaign.summary(failures));
  }

  private String summary(int failures) {
    Map<Victim, Integer> kills = new EnumMap<>(Victim.class);
    outcomes.forEach(
        each -> each.kills().forEach((who, times) -> kills.merge(who, times, Integer::sum)));
    List<Long> recoveries =
        outcomes.stream()
            .flatMap(each -> each.recoveries().stream())
            .map(Duration::toMillis)
            .sorted()
            .toList();
    String killed =
        kills.entrySet().stream()
            .map(each -> "\"%s\":%d".formatted(each.getKey(), each.getValue()))
            .collect(Collectors.joining(","));
    return "{\"seed\":%d,\"rounds\":%d,\"failures\":%d,\"kills\":{%s},\"recoveries_ms\":%s}"
        .formatted(seed, rounds, failures, killed, recoveries);
  }
}

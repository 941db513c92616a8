package dev.braid.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Rounds of kill -9. The system property {@code braid.crash.rounds} says how many, {@code
 * braid.crash.seed} which is the first; so one round alone is repeated by its seed. Alone on the
 * machine, because it says how fast Braid recovers.
 */
@Isolated
class CrashIT {
  private static final int DEFAULT_ROUNDS = 12;

  @TestFactory
  List<DynamicTest> after_a_kill_all_is_whole_again() {
    long seed = Long.getLong("braid.crash.seed", Math.floorMod(System.nanoTime(), 1_000_000_000L));
    int rounds = Integer.getInteger("braid.crash.rounds", DEFAULT_ROUNDS);
    System.out.println("crash campaign: -Dbraid.crash.seed=" + seed + ", rounds: " + rounds);
    var campaign = new Campaign(seed, rounds);
    var tests = new ArrayList<DynamicTest>();
    for (Future<Outcome> round : campaign.start()) {
      tests.add(dynamicTest("round " + (seed + tests.size()), () -> Campaign.await(round)));
    }
    if (campaign.takesEveryFault()) {
      tests.add(dynamicTest("every fault struck", () -> assertEveryFaultStruck(campaign)));
    }
    return tests;
  }

  private static void assertEveryFaultStruck(Campaign campaign) {
    Set<String> struck = new TreeSet<>();
    campaign.outcomes().forEach(each -> each.hits().forEach(hit -> struck.add(hit.toString())));
    Set<String> known = new TreeSet<>();
    Faults.ALL.forEach(each -> known.add(each.fault().toString()));
    assertThat(struck).containsAll(known);
  }
}

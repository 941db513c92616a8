package dev.braid.resource;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * What is to become of a temporary skill or agent, and why: the first rule that says something, in
 * the order of the policy.
 */
public record KeepOrDelete(boolean isKept, String reason) {
  private static final int USES_THAT_SHOW_VALUE = 3;
  private static final Duration RECENT = Duration.ofDays(7);

  /** No rule says anything yet. */
  static final String PENDING = "Pending further usage data";

  static KeepOrDelete of(
      Resource resource, Instant now, int retentionDays, BooleanSupplier isRedundant) {
    long uses = resource.usageCount();
    if (uses >= USES_THAT_SHOW_VALUE) {
      return keep("Used " + uses + " times - shows value");
    }
    Optional<Duration> age = resource.lastSign().map(sign -> Duration.between(sign, now));
    if (age.isPresent() && age.get().compareTo(RECENT) <= 0) {
      return keep("Recently used - might be needed again");
    }
    if (resource.isMarkedUseful()) {
      return keep("User marked as useful");
    }
    if (age.isPresent() && age.get().compareTo(Duration.ofDays(retentionDays)) >= 0) {
      return delete("Not used in " + age.get().toDays() + " days");
    }
    if (age.isPresent() && uses == 1) {
      return delete("One-time use, no recent activity");
    }
    return isRedundant.getAsBoolean()
        ? delete("Redundant with existing skill/agent")
        : keep(PENDING);
  }

  private static KeepOrDelete keep(String reason) {
    return new KeepOrDelete(true, reason);
  }

  private static KeepOrDelete delete(String reason) {
    return new KeepOrDelete(false, reason);
  }

  /** In one word. */
  public String decision() {
    return isKept ? "keep" : "delete";
  }
}

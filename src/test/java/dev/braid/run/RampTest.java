package dev.braid.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RampTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final Ramp ramp = new Ramp(Duration.ofSeconds(5));

  @Test
  void the_first_one_may_start_at_once() {
    assertThat(ramp.mayStart("a", 0)).isTrue();
  }

  @Test
  void those_alike_wait_for_the_first_ones_answer() {
    ramp.started("a", 0);
    assertThat(ramp.mayStart("a", SECOND)).isFalse();

    ramp.answered("a");
    assertThat(ramp.mayStart("a", SECOND)).isTrue();
  }

  @Test
  void those_alike_wait_no_longer_than_patience_lasts() {
    ramp.started("a", SECOND);

    assertThat(ramp.mayStart("a", 6 * SECOND - 1)).isFalse();
    assertThat(ramp.mayStart("a", 6 * SECOND)).isTrue();
  }

  @Test
  void a_second_one_does_not_make_the_others_wait_again() {
    ramp.started("a", 0);
    ramp.started("a", 5 * SECOND);

    assertThat(ramp.mayStart("a", 5 * SECOND)).isTrue();
  }

  @Test
  void those_of_another_kind_do_not_wait() {
    ramp.started("a", 0);

    assertThat(ramp.mayStart("b", 0)).isTrue();
  }

  @Test
  void where_the_first_one_ends_without_an_answer_another_one_goes_first() {
    ramp.started("a", 0);
    ramp.ended("a");
    assertThat(ramp.mayStart("a", SECOND)).isTrue();

    ramp.started("a", SECOND);
    assertThat(ramp.mayStart("a", 5 * SECOND)).isFalse();
  }

  @Test
  void an_answer_counts_after_its_worker_has_ended() {
    ramp.started("a", 0);
    ramp.answered("a");
    ramp.ended("a");
    ramp.started("a", SECOND);

    assertThat(ramp.mayStart("a", SECOND)).isTrue();
  }

  @Test
  void an_answer_to_nobody_changes_nothing() {
    ramp.answered("a");
    ramp.ended("a");
    ramp.started("a", 0);

    assertThat(ramp.mayStart("a", 0)).isFalse();
  }

  @Test
  void without_patience_nobody_waits() {
    var hasty = new Ramp(Duration.ZERO);
    hasty.started("a", 7);

    assertThat(hasty.mayStart("a", 7)).isTrue();
  }
}

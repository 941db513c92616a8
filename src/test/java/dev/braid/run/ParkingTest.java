package dev.braid.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ParkingTest {
  private static final Instant NOON = Instant.parse("2026-02-16T12:00:00Z");
  private static final Entry.Parked UNTIL_NOON = parked(NOON);
  private static final Entry.Parked UNTIL_ONE = parked(NOON.plusSeconds(3_600));
  private static final Entry.Parked UNTIL_MENDED = parked(null);

  private final Parking parking = new Parking(null);

  @Test
  void at_first_it_is_not_parked() {
    assertThat(parking.isParked()).isFalse();
    assertThat(parking.now()).isNull();
    assertThat(parking.unparkWhenDue(NOON)).isFalse();
  }

  @Test
  void the_later_reset_wins() {
    parking.park(UNTIL_NOON);
    parking.park(UNTIL_ONE);
    parking.park(UNTIL_NOON);

    assertThat(parking.now()).isEqualTo(UNTIL_ONE);
  }

  @Test
  void what_only_a_person_can_mend_goes_before_any_time() {
    parking.park(UNTIL_NOON);
    parking.park(UNTIL_MENDED);
    assertThat(parking.now()).isEqualTo(UNTIL_MENDED);

    parking.park(UNTIL_ONE);
    assertThat(parking.now()).isEqualTo(UNTIL_MENDED);
  }

  @Test
  void it_goes_on_at_its_time_and_not_before() {
    parking.park(UNTIL_NOON);

    assertThat(parking.unparkWhenDue(NOON.minusNanos(1))).isFalse();
    assertThat(parking.isParked()).isTrue();
    assertThat(parking.unparkWhenDue(NOON)).isTrue();
    assertThat(parking.isParked()).isFalse();
    assertThat(parking.unparkWhenDue(NOON)).isFalse();
  }

  @Test
  void what_only_a_person_can_mend_is_never_due() {
    parking.park(UNTIL_MENDED);

    assertThat(parking.unparkWhenDue(Instant.MAX)).isFalse();
    assertThat(parking.isParked()).isTrue();
  }

  @Test
  void the_next_owner_keeps_a_time() {
    assertThat(new Parking(UNTIL_NOON).now()).isEqualTo(UNTIL_NOON);
  }

  @Test
  void the_next_owner_takes_it_that_a_person_has_mended_it() {
    assertThat(new Parking(UNTIL_MENDED).isParked()).isFalse();
  }

  @Test
  void a_person_is_told_why_and_until_when() {
    assertThat(Parking.inWords(UNTIL_MENDED)).isEqualTo("parked: log in");
    assertThat(Parking.inWords(UNTIL_NOON))
        .matches("parked until \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d: log in");
  }

  private static Entry.Parked parked(@Nullable Instant until) {
    return new Entry.Parked(NOON.minusSeconds(60), "rate_limit", "log in", until);
  }
}

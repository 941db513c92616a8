package dev.braid.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WindowTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  @Test
  void at_first_all_slots_may_be_used() {
    var window = window(3, 2);

    assertThat(window.hasRoom()).isTrue();
    window.started();
    assertThat(window.hasRoom()).isFalse();
    window.ended();
    assertThat(window.hasRoom()).isTrue();
  }

  @Test
  void a_refusal_leaves_half_of_those_that_work() {
    var window = window(10, 6);

    assertThat(window.narrow(0)).isTrue();
    assertThat(window.limit()).isEqualTo(3);
  }

  @Test
  void after_a_cut_none_starts_until_fewer_work_than_may() {
    var window = window(10, 4);
    window.narrow(0);

    window.ended();
    window.ended();
    assertThat(window.hasRoom()).isFalse();
    window.ended();
    assertThat(window.hasRoom()).isTrue();
  }

  @Test
  void a_refusal_of_a_request_from_before_the_cut_does_not_cut_again() {
    var window = window(16, 16);
    window.narrow(SECOND);

    assertThat(window.narrow(3 * SECOND - 1)).isFalse();
    assertThat(window.limit()).isEqualTo(8);
    assertThat(window.narrow(3 * SECOND)).isTrue();
    assertThat(window.limit()).isEqualTo(4);
  }

  @Test
  void the_first_refusal_cuts_whatever_the_clock_says() {
    assertThat(window(8, 8).narrow(Long.MIN_VALUE + 1)).isTrue();
    assertThat(window(8, 8).narrow(SECOND)).isTrue();
  }

  @Test
  void one_worker_may_always_work() {
    var window = window(2, 1);
    window.narrow(0);

    assertThat(window.limit()).isEqualTo(1);
    assertThat(window.narrow(20 * SECOND)).isFalse();
    assertThat(window.limit()).isEqualTo(1);
  }

  @Test
  void each_good_end_widens_by_one_up_to_the_slots() {
    var window = window(4, 4);
    window.narrow(0);
    IntStream.range(0, 4).forEach(_ -> window.ended());

    assertThat(IntStream.range(0, 4).map(_ -> widened(window))).containsExactly(3, 4, 4, 4);
  }

  @Test
  void those_that_began_before_a_cut_do_not_undo_it_when_they_end_well() {
    var window = window(8, 8);
    window.narrow(0);

    for (int working = 7; working >= 4; working--) {
      window.ended();
      assertThat(widened(window)).isEqualTo(4);
      assertThat(window.hasRoom()).isFalse();
    }
    window.ended();
    assertThat(widened(window)).isEqualTo(5);
  }

  static LongStream seeds() {
    return LongStream.range(0, 50);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whatever_happens_the_limit_stays_between_one_and_the_slots(long seed) {
    var random = new Random(seed);
    int slots = 1 + random.nextInt(12);
    var window = new Window(slots);
    int working = 0;
    long now = 0;
    for (int i = 0; i < 500; i++) {
      int before = window.limit();
      now += random.nextLong(SECOND);
      int what = random.nextInt(4);
      if (what == 0 && window.hasRoom()) {
        window.started();
        working++;
      } else if (what == 1 && working > 0) {
        window.ended();
        working--;
      } else if (what == 2) {
        assertThat(window.narrow(now)).isEqualTo(window.limit() < before);
      } else {
        window.widen();
      }
      assertThat(window.limit()).as("seed %d, step %d", seed, i).isBetween(1, slots);
      assertThat(window.hasRoom()).as("seed %d", seed).isEqualTo(working < window.limit());
    }
  }

  private static int widened(Window window) {
    window.widen();
    return window.limit();
  }

  private static Window window(int slots, int working) {
    var window = new Window(slots);
    for (int i = 0; i < working; i++) {
      window.started();
    }
    return window;
  }
}

package dev.braid.stats;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordingTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0.0 s",
    "0.0124, 12 ms",
    "0.1, 0.1 s",
    "1.24, 1.2 s",
    "59.94, 59.9 s",
    "59.96, 1 min 00 s",
    "60, 1 min 00 s",
    "185, 3 min 05 s",
    "3599.4, 59 min 59 s",
    "3599.6, 1 h 00 min",
    "7500, 2 h 05 min",
    "360000, 100 h 00 min"
  })
  void a_duration_is_said_as_people_say_it(double seconds, String words) {
    assertThat(Wording.duration(seconds)).isEqualTo(words);
  }
}

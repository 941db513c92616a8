package dev.braid.claude;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CliVersionTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"2.1.330", "2.1.330 (Claude Code)", "  2.1.330\n", "2.1.330\nan update is there"})
  void a_version_is_read_with_or_without_words_after_it(String text) {
    assertThat(CliVersion.parse(text)).hasValue(new CliVersion(2, 1, 330));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "2.1", "v2.1.330", "claude", "2.1.x", "99999999999.1.1", "-2.1.3"})
  void what_is_no_version_is_none(String text) {
    assertThat(CliVersion.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"2.1.329", "2.0.999", "1.9.999"})
  void an_older_version_is_cautioned_of_with_the_remedy(String older) {
    assertThat(CliVersion.parse(older).orElseThrow().caution())
        .hasValueSatisfying(
            caution -> assertThat(caution).contains(older, "older than 2.1.330", "claude update"));
  }

  @ParameterizedTest
  @CsvSource({"2.2.0", "3.0.0", "3.1.5"})
  void a_newer_series_is_cautioned_of(String newer) {
    assertThat(CliVersion.parse(newer).orElseThrow().caution())
        .hasValueSatisfying(caution -> assertThat(caution).contains(newer, "newer than 2.1.330"));
  }

  @ParameterizedTest
  @CsvSource({"2.1.330", "2.1.331", "2.1.999"})
  void the_verified_series_needs_no_caution(String version) {
    assertThat(CliVersion.parse(version).orElseThrow().caution()).isEmpty();
  }

  @Test
  void versions_are_ordered_by_number_not_by_letter() {
    assertThat(new CliVersion(2, 10, 0)).isGreaterThan(new CliVersion(2, 9, 9));
    assertThat(new CliVersion(10, 0, 0)).isGreaterThan(new CliVersion(9, 9, 9));
    assertThat(new CliVersion(2, 1, 99)).isLessThan(new CliVersion(2, 1, 330));
  }
}

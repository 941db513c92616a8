package dev.braid.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.braid.fault.FaultPoint.How;
import dev.braid.fault.FaultPoint.Wanted;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class FaultPointTest {
  /** Passages, of five, at which it strikes. */
  private static List<Integer> struck(String property) {
    Wanted wanted = Objects.requireNonNull(Wanted.of(property));
    var struck = new ArrayList<Integer>();
    for (int passage = 1; passage <= 5; passage++) {
      assertThat(wanted.isReached("another", "a file")).isFalse();
      if (wanted.isReached("point", "a file")) {
        struck.add(passage);
      }
    }
    return struck;
  }

  @Test
  void the_program_dies_at_the_passage_that_is_named() {
    assertThat(struck("point:3")).containsExactly(3);
    assertThat(Objects.requireNonNull(Wanted.of("point:3")).how()).isEqualTo(How.HALT);
  }

  @Test
  void one_passage_fails_or_all_from_it_on() {
    assertThat(struck("point:3!")).containsExactly(3);
    assertThat(struck("point:3!!")).containsExactly(3, 4, 5);
  }

  @Test
  void passages_for_other_things_do_not_count() {
    assertThat(struck("point@file:2!")).containsExactly(2);
    assertThat(struck("point@folder:1!!")).isEmpty();
  }

  @Test
  void what_is_no_point_and_count_is_refused() {
    assertThatThrownBy(() -> Wanted.of("point:3!!!")).isInstanceOf(IllegalArgumentException.class);
  }
}

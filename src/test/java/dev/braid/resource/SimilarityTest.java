package dev.braid.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SimilarityTest {
  @Test
  void the_same_words_in_another_order_are_the_same() {
    assertThat(Similarity.cosine("Tests, tests & Docs", "docs tests TESTS"))
        .isEqualTo(1, within(1e-9));
  }

  @Test
  void texts_without_a_word_in_common_are_not_alike() {
    assertThat(Similarity.cosine("a b", "c d")).isZero();
    assertThat(Similarity.cosine("", "c d")).isZero();
  }

  @Test
  void counts_matter() {
    // (2*1 + 1*1) / (sqrt(5) * sqrt(2))
    assertThat(Similarity.cosine("a a b", "a b")).isEqualTo(3 / Math.sqrt(10), within(1e-9));
  }
}

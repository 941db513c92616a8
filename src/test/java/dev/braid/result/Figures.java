package dev.braid.result;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.store.Json;
import java.util.List;

/** Figures of tests that fuzz tests found somewhere. */
final class Figures {
  private Figures() {}

  /** Whether a result can keep them. */
  static void assertKept(TestFigures figures) {
    var fields = Json.object();
    figures.putInto(fields, List.of());
    assertThat(TestFigures.read(new Fields(fields))).isEqualTo(new Parsed.Ok<>(figures));
    assertThat(figures.passRate()).endsWith("%");
  }
}

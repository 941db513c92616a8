package dev.braid.result;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.braid.fuzz.Bounds;
import dev.braid.fuzz.Scratch;
import java.io.IOException;

class RunnerSummaryFuzz {
  @FuzzTest
  void the_figures_of_any_output_are_sound(byte[] bytes) throws IOException {
    Bounds.within(() -> RunnerSummary.read(Scratch.text(bytes))).ifPresent(Figures::assertKept);
  }
}

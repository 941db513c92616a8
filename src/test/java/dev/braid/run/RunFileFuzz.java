package dev.braid.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.braid.config.Places;
import dev.braid.fuzz.Bounds;
import dev.braid.fuzz.Scratch;
import dev.braid.intake.GraphCheck;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

class RunFileFuzz {
  private static final Places PLACES = new Places(Path.of("/home/user/.claude"));

  @FuzzTest
  void a_run_file_is_damaged_or_reads_back(byte[] bytes) throws IOException {
    Optional<RunFile> file = Bounds.within(() -> RunFileJson.read(Scratch.text(bytes), PLACES));
    if (file.isPresent()) {
      assertThat(GraphCheck.problem(file.get().tasks())).isEmpty();
      RunFile reread = RunFileJson.read(RunFileJson.write(file.get()), PLACES).orElseThrow();
      // A task's variables are not written.
      assertThat(RunFileJson.write(reread)).isEqualTo(RunFileJson.write(file.get()));
      assertThat(reread.options()).isEqualTo(file.get().options());
      assertThat(reread.fork()).isEqualTo(file.get().fork());
      assertThat(reread.origin()).isEqualTo(file.get().origin());
    }
  }
}

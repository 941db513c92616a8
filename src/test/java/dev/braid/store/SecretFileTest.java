package dev.braid.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretFileTest {
  @TempDir Path folder;

  private Path file() {
    return folder.resolve("secret");
  }

  @Test
  void a_secret_is_made_once() throws IOException {
    String made = SecretFile.keep(file(), new SplittableRandom(1));

    assertThat(made).matches("[0-9a-f]{64}");
    assertThat(SecretFile.keep(file(), new SplittableRandom(2))).isEqualTo(made);
    assertThat(SecretFile.read(file())).contains(made);
  }

  @Test
  void one_that_was_cut_short_is_none_and_made_anew() throws IOException {
    String made = SecretFile.keep(file(), new SplittableRandom(1));
    for (int length : new int[] {0, 1, 63}) {
      Files.writeString(file(), made.substring(0, length));
      assertThat(SecretFile.read(file())).isEmpty();

      assertThat(SecretFile.keep(file(), new SplittableRandom(2))).hasSize(64).isNotEqualTo(made);
    }
  }
}

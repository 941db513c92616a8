package dev.braid.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.config.Places;
import dev.braid.run.DiskUse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecentDiskUseTest {
  @TempDir private Path root;

  private final List<Housekeeping.Chore> waiting = new ArrayList<>();
  private Instant now = Instant.parse("2026-11-27T12:00:00Z");
  private RecentDiskUse disk = of(Path.of("/nowhere"));

  @BeforeEach
  void open() {
    disk = of(root);
  }

  private RecentDiskUse of(Path folder) {
    var use = new DiskUse(new Places(folder), folder.resolve("worktrees"));
    return new RecentDiskUse(use, () -> now, waiting::add);
  }

  private void write(int files) throws IOException {
    Path folder = Files.createDirectories(new Places(root).runFolder("x"));
    for (int i = 0; i < files; i++) {
      Files.write(folder.resolve("f" + i), new byte[10]);
    }
  }

  private void doWhatWaits() throws IOException {
    for (Housekeeping.Chore chore : List.copyOf(waiting)) {
      chore.run();
    }
    waiting.clear();
  }

  @Test
  void little_is_known_at_once_and_not_looked_at_again_soon() throws IOException {
    write(3);

    assertThat(disk.now().runBytes()).isEqualTo(30);
    write(4);
    assertThat(disk.now().runBytes()).isEqualTo(30);
    assertThat(waiting).isEmpty();
  }

  @Test
  void much_is_added_up_in_the_background_once() throws IOException {
    int many = (int) DiskUse.SOME_FILES + 5;
    write(many);

    assertThat(disk.now().isComplete()).isFalse();
    assertThat(disk.now().isComplete()).isFalse();
    assertThat(waiting).hasSize(1);
    doWhatWaits();
    assertThat(disk.now().isComplete()).isTrue();
    assertThat(disk.now().runBytes()).isEqualTo(10L * many);
  }

  @Test
  void old_figures_are_made_anew_for_the_next_who_asks() throws IOException {
    assertThat(disk.now().runBytes()).isZero();
    write(3);
    now = now.plus(Duration.ofMinutes(2));

    assertThat(disk.now().runBytes()).isZero();
    doWhatWaits();
    assertThat(disk.now().runBytes()).isEqualTo(30);
    assertThat(waiting).isEmpty();
  }
}

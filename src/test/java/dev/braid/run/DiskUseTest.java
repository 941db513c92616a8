package dev.braid.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.config.Places;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskUseTest {
  @TempDir private Path folder;

  private DiskUse disk() {
    return new DiskUse(new Places(folder.resolve("root")), folder.resolve("worktrees"));
  }

  private void write(Path file, int bytes) throws IOException {
    Files.createDirectories(file.resolveSibling("."));
    Files.write(file, new byte[bytes]);
  }

  @Test
  void nothing_takes_nothing() throws IOException {
    DiskUse.Figures figures = disk().measure(10);

    assertThat(figures.runBytes() + figures.worktreeBytes() + figures.trashBytes()).isZero();
    assertThat(figures.freeBytes()).isPositive();
    assertThat(figures.isComplete()).isTrue();
  }

  @Test
  void runs_worktrees_and_trash_are_told_apart() throws IOException {
    Places places = disk().places();
    write(places.runFolder("x").resolve("tasks/a/stdout"), 100);
    write(places.runFolder("y").resolve("run.json"), 20);
    write(places.trash().resolve("z/content"), 3);
    write(disk().worktrees().resolve("w/file"), 7);

    DiskUse.Figures figures = disk().measure(DiskUse.ALL_FILES);

    assertThat(figures.runBytes()).isEqualTo(120);
    assertThat(figures.trashBytes()).isEqualTo(3);
    assertThat(figures.worktreeBytes()).isEqualTo(7);
    assertThat(figures.isComplete()).isTrue();
  }

  @Test
  void where_there_are_more_files_than_are_looked_at_it_says_so() throws IOException {
    for (int i = 0; i < 10; i++) {
      write(disk().places().runFolder("x").resolve("f" + i), 100);
    }

    DiskUse.Figures figures = disk().measure(4);

    assertThat(figures.runBytes()).isEqualTo(400);
    assertThat(figures.isComplete()).isFalse();
    assertThat(disk().measure(10).isComplete()).isTrue();
  }
}

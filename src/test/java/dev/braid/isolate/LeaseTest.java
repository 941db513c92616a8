package dev.braid.isolate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.state.Cut;
import dev.braid.state.EarlierState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeaseTest {
  @Test
  void a_worktree_whose_lease_was_cut_is_nobodys_to_remove(@TempDir Path folder)
      throws IOException {
    EarlierState state = EarlierState.all().getLast().copiedTo(folder);
    assertThat(Lease.all(state.worktrees())).hasSize(2);
    for (Path file : Cut.files(state.worktrees())) {
      Cut.each(file, _ -> assertThat(Lease.all(state.worktrees())).hasSize(1));
    }
  }

  @Test
  void leases_that_are_written_and_removed_meanwhile_keep_nobody_from_the_others(
      @TempDir Path folder) throws Exception {
    Path worktrees = folder.resolve("work-1");
    var stays = new Lease(worktrees.resolve("stays"), folder, "run", "a", "base", true, List.of());
    stays.write();
    var isOver = new AtomicBoolean();
    Thread writer =
        Thread.ofPlatform()
            .start(() -> {
              var goes =
                  new Lease(worktrees.resolve("goes"), folder, "run", "b", "base", true, List.of());
              while (!isOver.get()) {
                try {
                  goes.write();
                  goes.end();
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              }
            });
    try {
      for (int i = 0; i < 2_000; i++) {
        assertThat(Lease.all(folder)).contains(stays).hasSizeLessThanOrEqualTo(2);
        assertThat(Leftover.all(folder)).isNotEmpty();
      }
    } finally {
      isOver.set(true);
      writer.join();
    }
  }
}

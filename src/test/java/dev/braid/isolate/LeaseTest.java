package dev.braid.isolate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.state.Cut;
import dev.braid.state.EarlierState;
import java.io.IOException;
import java.nio.file.Path;
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
}

package dev.braid.hook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.state.EarlierState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MadeTasksOfEarlierVersionsTest {
  static List<EarlierState> versions() {
    return EarlierState.all();
  }

  @ParameterizedTest
  @MethodSource("versions")
  void what_a_session_made_is_known(EarlierState state) throws IOException {
    var file = state.places().madeTasks(EarlierState.WAITING);

    MadeTasks made = MadeTasks.of(file, /* isOwnList= */ false);

    assertThat(made.size()).isEqualTo(3);
    assertThat(made.isOwn("2")).isTrue();
    assertThat(made.isOwn("4")).isFalse();
  }

  @Test
  void a_name_that_was_cut_short_is_nobodys(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("made");
    Files.writeString(file, "+1\n-2\n+34");
    MadeTasks made = MadeTasks.of(file, /* isOwnList= */ false);
    assertThat(made.size()).isEqualTo(1);

    made.add("5", /* bySubagent= */ false);

    assertThat(file).hasContent("+1\n-2\n+5\n");
  }
}

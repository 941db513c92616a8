package dev.braid.hook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MadeTasksTest {
  private static final Instant BEGIN = Instant.parse("2026-11-27T12:00:00Z");

  @TempDir private Path root;

  private Path ofSession(String name, int second) throws IOException {
    Path file = root.resolve("made").resolve(name);
    MadeTasks.of(file, /* isOwnList= */ false).add("1", /* bySubagent= */ false);
    return Files.setLastModifiedTime(file, FileTime.from(BEGIN.plusSeconds(second)));
  }

  @Test
  void of_sessions_without_a_list_the_latest_are_remembered() throws IOException {
    Path oldest = ofSession("oldest", 0);
    Path listed = ofSession("listed", 0);
    Path lists = root.resolve("tasks");
    Files.createDirectories(lists.resolve("listed"));
    for (int i = 1; i <= MadeTasks.KEPT; i++) {
      ofSession("later-" + i, i);
    }
    MadeTasks.forgetOld(root.resolve("made"), lists);

    assertThat(oldest).doesNotExist();
    assertThat(listed).exists();
    assertThat(root.resolve("made/later-1")).exists();
  }

  @Test
  void few_sessions_are_all_remembered() throws IOException {
    Path file = ofSession("one", 0);
    MadeTasks.forgetOld(root.resolve("made"), root.resolve("tasks"));

    assertThat(MadeTasks.of(file, /* isOwnList= */ false).isOwn("1")).isTrue();
    MadeTasks.forgetOld(root.resolve("nowhere"), root.resolve("tasks"));
  }
}

package dev.braid.claude;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.braid.fuzz.Bounds;
import dev.braid.fuzz.Lines;
import dev.braid.fuzz.Scratch;
import dev.braid.intake.GraphCheck;
import dev.braid.task.Task;
import dev.braid.task.TaskId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

class TaskListFuzz {
  private static final Path FOLDER = Scratch.folder();
  private static final List<String> IDS = List.of("1", "2", "3", "10", "a");

  @FuzzTest
  void no_list_leaves_its_folder_takes_rights_or_has_a_task_twice(byte[] bytes) throws IOException {
    Path list = listWithNames();
    List<byte[]> files = Scratch.parts(bytes);
    ListFiles content =
        (id, _) -> {
          int at = IDS.indexOf(id);
          if (at >= files.size()) {
            throw new NoSuchFileException(id);
          }
          return ListFiles.parse(id, files.get(at));
        };
    boolean isTrusted = bytes.length > 0 && bytes[bytes.length - 1] == '!';
    Claimant claimant =
        isTrusted ? Claimant.PERSON : Claimant.gate(id -> !id.equals("3"), Set.of("2"));

    Listing listing =
        Bounds.within(() -> TaskList.read(list, FOLDER, isTrusted, claimant, content));

    listing.warnings().forEach(Lines::assertFit);
    assertEachOnce(listing);
    assertThat(GraphCheck.problem(listing.tasks())).isEmpty();
    if (!isTrusted) {
      listing.tasks().forEach(TaskListFuzz::assertModest);
    }
  }

  /** The files, empty: what they hold comes from memory. */
  private static Path listWithNames() throws IOException {
    Path list = FOLDER.resolve("list");
    if (!Files.exists(list)) {
      Files.createDirectory(list);
      for (String id : IDS) {
        Files.createFile(list.resolve(id + ".json"));
      }
    }
    return list;
  }

  private static void assertEachOnce(Listing listing) {
    var ids = new ArrayList<TaskId>(listing.done());
    listing.tasks().forEach(task -> ids.add(task.id()));
    for (Listing.LeftAlone alone : listing.leftAlone()) {
      Lines.assertFit(alone.reason());
      ids.add(alone.id());
    }
    assertThat(ids).doesNotHaveDuplicates();
    assertThat(listing.tasks()).extracting(Task::id).containsAll(listing.parallel());
  }

  private static void assertModest(Task task) {
    assertThat(task.work().command()).isNull();
    assertThat(task.work().env()).isEmpty();
    assertThat(task.options().allowedTools()).isEmpty();
    assertThat(task.options().permissionMode()).isNull();
    assertThat(task.limits().maxBudgetUsd()).isNull();
    String cwd = task.work().cwd();
    if (cwd != null) {
      assertThat(FOLDER.resolve(cwd).normalize().startsWith(FOLDER)).as(cwd).isTrue();
    }
  }
}

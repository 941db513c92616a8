package dev.braid.watch;

import static dev.braid.watch.WatchLab.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.store.Trees;
import dev.braid.watch.WatchLab.Way;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is told of files and folders below a root, by both ways to watch. */
class FolderWatchTest {
  @TempDir Path folder;
  private Path root;

  @BeforeEach
  void make() throws IOException {
    root = Files.createDirectory(folder.resolve("root"));
  }

  @ParameterizedTest
  @EnumSource
  void a_file_that_is_made_is_told(Way way) throws IOException {
    try (WatchLab lab = WatchLab.watch(way, root)) {
      lab.told().awaitPaths(write(root.resolve("file")));
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_file_that_is_changed_is_told(Way way) throws IOException {
    Path file = write(root.resolve("deep/below/file"));
    try (WatchLab lab = WatchLab.watch(way, root)) {
      Files.writeString(file, "more", StandardOpenOption.APPEND);

      lab.told().awaitPaths(file);
      assertThat(lab.told().paths()).containsExactly(file);
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_file_that_is_deleted_is_told(Way way) throws IOException {
    Path file = write(root.resolve("below/file"));
    try (WatchLab lab = WatchLab.watch(way, root)) {
      Files.delete(file);

      lab.told().awaitPaths(file);
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_file_that_is_renamed_is_told_by_both_names(Way way) throws IOException {
    Path file = write(root.resolve("below/old"));
    Path other = Files.createDirectory(root.resolve("other"));
    try (WatchLab lab = WatchLab.watch(way, root)) {
      Path renamed = Files.move(file, other.resolve("new"));

      lab.told().awaitPaths(file, renamed);
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_file_that_another_is_renamed_to_is_told(Way way) throws IOException {
    Path file = write(root.resolve("file"));
    Path outside = write(folder.resolve("outside"));
    try (WatchLab lab = WatchLab.watch(way, root)) {
      Files.move(outside, file, StandardCopyOption.ATOMIC_MOVE);

      lab.told().awaitPaths(file);
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_folder_that_is_renamed_is_told_by_both_names_with_what_is_in_it(Way way)
      throws IOException {
    write(root.resolve("old/below/file"));
    try (WatchLab lab = WatchLab.watch(way, root)) {
      Path renamed = Files.move(root.resolve("old"), root.resolve("new"));

      lab.told()
          .awaitPaths(
              root.resolve("old"),
              renamed,
              renamed.resolve("below"),
              renamed.resolve("below/file"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void files_in_a_renamed_folder_are_told_by_its_new_name(Way way) throws IOException {
    write(root.resolve("old/below/file"));
    try (WatchLab lab = WatchLab.watch(way, root)) {
      Path renamed = Files.move(root.resolve("old"), root.resolve("new"));
      lab.told().awaitPaths(renamed.resolve("below/file"));
      lab.told().forget();

      Path later = write(renamed.resolve("below/later"));

      lab.told().awaitPaths(later);
      assertThat(lab.told().paths()).containsExactly(later);
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_file_written_at_once_in_new_folders_is_told(Way way) throws IOException {
    try (WatchLab lab = WatchLab.watch(way, root)) {
      Path file = write(root.resolve("a/b/c/file"));

      lab.told().awaitPaths(file);
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_change_in_a_folder_made_later_is_told(Way way) throws IOException {
    try (WatchLab lab = WatchLab.watch(way, root)) {
      Path file = write(root.resolve("a/b/c/file"));
      lab.told().awaitPaths(file);
      lab.told().forget();

      Files.writeString(file, "more", StandardOpenOption.APPEND);

      lab.told().awaitPaths(file);
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_folder_that_is_moved_in_is_told_with_what_is_in_it(Way way) throws IOException {
    write(folder.resolve("outside/below/file"));
    try (WatchLab lab = WatchLab.watch(way, root)) {
      Path inside = Files.move(folder.resolve("outside"), root.resolve("inside"));

      lab.told().awaitPaths(inside, inside.resolve("below/file"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_folder_that_is_removed_and_comes_back_is_watched_again(Way way) throws IOException {
    Path file = write(root.resolve("below/file"));
    try (WatchLab lab = WatchLab.watch(way, root)) {
      Trees.delete(root.resolve("below"));
      write(file);
      lab.told().awaitPaths(file);
      lab.catchUp(root);
      lab.told().forget();

      Path later = write(root.resolve("below/later"));

      lab.told().awaitPaths(later);
    }
  }

  @ParameterizedTest
  @EnumSource
  void temporary_and_hidden_files_are_told_like_others(Way way) throws IOException {
    try (WatchLab lab = WatchLab.watch(way, root)) {
      Path hidden = write(root.resolve(".git/.hidden"));
      Path temporary = write(root.resolve("file.tmp"));

      lab.told().awaitPaths(hidden, temporary);
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_file_is_told_again_after_each_write(Way way) throws IOException {
    Path file = write(root.resolve("file"));
    try (WatchLab lab = WatchLab.watch(way, root)) {
      for (int part = 0; part < 5; part++) {
        Files.writeString(file, "part", StandardOpenOption.APPEND);
        lab.told().awaitPaths(file);
        lab.told().forget();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void what_is_beside_a_root_is_not_told(Way way) throws IOException {
    try (WatchLab lab = WatchLab.watch(way, root)) {
      write(folder.resolve("root-of-others/file"));
      write(folder.resolve("file"));
      lab.catchUp(root);

      assertThat(lab.told().paths()).allMatch(path -> path.startsWith(root));
      assertThat(lab.told().everything()).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_link_is_told_and_not_followed(Way way) throws IOException {
    Path outside = write(folder.resolve("outside/file"));
    Path link = root.resolve("link");
    try (WatchLab lab = WatchLab.watch(way, root)) {
      Files.createSymbolicLink(link, outside.resolveSibling(""));
      lab.told().awaitPaths(link);
      lab.told().forget();

      Files.writeString(outside, "more", StandardOpenOption.APPEND);
      lab.catchUp(root);

      assertThat(lab.told().paths()).noneMatch(path -> path.startsWith(link));
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_link_that_was_there_before_is_not_followed(Way way) throws IOException {
    Path outside = write(folder.resolve("outside/file"));
    Path link = Files.createSymbolicLink(root.resolve("link"), outside.resolveSibling(""));
    try (WatchLab lab = WatchLab.watch(way, root)) {
      Files.writeString(outside, "more", StandardOpenOption.APPEND);
      lab.catchUp(root);

      assertThat(lab.told().paths()).noneMatch(path -> path.startsWith(link));
    }
  }

  @ParameterizedTest
  @EnumSource
  void the_mode_says_how_it_is_watched(Way way) {
    try (WatchLab lab = WatchLab.watch(way, root)) {
      assertThat(lab.watch().mode())
          .isEqualTo(
              switch (way) {
                case NATIVE -> new Mode.Native();
                case POLLING -> new Mode.Polling("no watch is left");
              });
    }
  }
}

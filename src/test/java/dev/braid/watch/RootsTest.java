package dev.braid.watch;

import static dev.braid.watch.WatchLab.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.store.Trees;
import dev.braid.watch.WatchLab.Way;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Roots that come and go, by both ways to watch. */
class RootsTest {
  private static final int ROUNDS = 20;

  @TempDir Path folder;

  /** Waits until a root that came is watched: a file in it is told by its name. */
  private static void expectWatched(WatchLab lab, Path root) throws IOException {
    lab.told().awaitAnyhow(write(root.resolve("first")));
    lab.told().forget();
    lab.told().awaitAnyhow(write(root.resolve("below/second")));
    lab.catchUp(root);
  }

  @ParameterizedTest
  @EnumSource
  void a_root_that_is_made_later_is_watched(Way way) throws IOException {
    Path root = folder.resolve("root");
    try (WatchLab lab = WatchLab.watch(way, root)) {
      Files.createDirectory(root);

      expectWatched(lab, root);
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_root_whose_folder_is_made_later_is_watched(Way way) throws IOException {
    Path root = folder.resolve("not/there/yet");
    try (WatchLab lab = WatchLab.watch(way, root)) {
      Files.createDirectories(root);

      expectWatched(lab, root);
    }
  }

  @ParameterizedTest
  @EnumSource
  void what_is_in_a_root_when_it_comes_is_told(Way way) throws IOException {
    Path root = folder.resolve("root");
    write(folder.resolve("other/below/file"));
    try (WatchLab lab = WatchLab.watch(way, root)) {
      Files.move(folder.resolve("other"), root);

      lab.told().awaitAnyhow(root.resolve("below/file"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_root_that_is_removed_is_told(Way way) throws IOException {
    Path root = Files.createDirectory(folder.resolve("root"));
    try (WatchLab lab = WatchLab.watch(way, root)) {
      Files.delete(root);

      lab.told().awaitAnyhow(root);
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_root_that_is_removed_and_comes_back_much_later_is_watched_again(Way way)
      throws IOException {
    Path root = Files.createDirectory(folder.resolve("root"));
    try (WatchLab lab = WatchLab.watch(way, root)) {
      Files.delete(root);
      lab.told().awaitAnyhow(root);
      lab.told().forget();
      Files.createDirectory(root);

      expectWatched(lab, root);
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_root_that_is_removed_and_comes_back_at_once_is_watched_again(Way way) throws IOException {
    Path root = Files.createDirectory(folder.resolve("root"));
    try (WatchLab lab = WatchLab.watch(way, root)) {
      for (int round = 0; round < ROUNDS; round++) {
        Trees.delete(root);
        Files.createDirectory(root);
        Path file = write(root.resolve("file-" + round));
        lab.told().awaitAnyhow(file);
        lab.told().forget();
      }

      expectWatched(lab, root);
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_root_that_comes_back_with_its_folder_is_watched_again(Way way) throws IOException {
    Path root = Files.createDirectories(folder.resolve("parent/root"));
    Path other = Files.createDirectory(folder.resolve("other"));
    try (WatchLab lab = WatchLab.watch(way, root, other)) {
      Trees.delete(folder.resolve("parent"));
      Files.createDirectories(root);

      expectWatched(lab, root);
    }
  }

  @ParameterizedTest
  @EnumSource
  void another_folder_that_takes_the_place_of_a_root_is_watched(Way way) throws IOException {
    Path root = Files.createDirectory(folder.resolve("root"));
    Path other = write(folder.resolve("other/file")).resolveSibling("");
    try (WatchLab lab = WatchLab.watch(way, root)) {
      Files.move(root, folder.resolve("old"));
      Files.move(other, root);
      lab.told().awaitAnyhow(root.resolve("file"));

      expectWatched(lab, root);
      lab.told().forget();
      write(folder.resolve("old/file"));
      lab.catchUp(root);
      assertThat(lab.told().paths()).doesNotContain(root.resolve("file"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void all_of_several_roots_are_watched(Way way) throws IOException {
    Path one = Files.createDirectory(folder.resolve("one"));
    Path two = Files.createDirectory(folder.resolve("two"));
    Path within = Files.createDirectory(one.resolve("within"));
    try (WatchLab lab = WatchLab.watch(way, within, one, two)) {
      Path first = write(one.resolve("file"));
      Path second = write(two.resolve("file"));
      Path third = write(within.resolve("below/file"));

      lab.told().awaitPaths(first, second, third);
    }
  }

  @ParameterizedTest
  @EnumSource
  void one_root_is_watched_while_another_is_not_there(Way way) throws IOException {
    Path root = Files.createDirectory(folder.resolve("root"));
    try (WatchLab lab = WatchLab.watch(way, folder.resolve("not/there"), root)) {
      lab.told().awaitPaths(write(root.resolve("file")));
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_root_that_is_a_link_is_followed_and_told_by_its_own_name(Way way) throws IOException {
    Path real = Files.createDirectory(folder.resolve("real"));
    Path root = Files.createSymbolicLink(folder.resolve("root"), real);
    try (WatchLab lab = WatchLab.watch(way, root)) {
      write(real.resolve("below/file"));

      lab.told().awaitPaths(root.resolve("below/file"));
      assertThat(lab.told().paths()).noneMatch(path -> path.startsWith(real));
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_root_that_is_a_link_and_turns_to_another_folder_is_watched_there(Way way)
      throws IOException {
    Path root =
        Files.createSymbolicLink(
            folder.resolve("root"), Files.createDirectory(folder.resolve("real")));
    Path other = Files.createDirectory(folder.resolve("other"));
    try (WatchLab lab = WatchLab.watch(way, root)) {
      Files.delete(root);
      Files.createSymbolicLink(root, other);

      expectWatched(lab, root);
    }
  }
}

package dev.braid.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreesTest {
  @TempDir Path folder;
  private Path tree;
  private Path outside;

  @BeforeEach
  void make() throws IOException {
    tree = Files.createDirectories(folder.resolve("tree"));
    outside = Files.createDirectories(folder.resolve("outside"));
    Files.writeString(outside.resolve("precious"), "x".repeat(1000));
    Files.createDirectories(tree.resolve("a/b"));
    Files.writeString(tree.resolve("a/b/file"), "12345");
    Files.writeString(tree.resolve("file"), "123");
  }

  @Test
  void a_folder_is_deleted_with_all_that_is_in_it() throws IOException {
    Trees.delete(tree);

    assertThat(tree).doesNotExist();
  }

  @Test
  void deleting_does_not_follow_a_link_out() throws IOException {
    Files.createSymbolicLink(tree.resolve("a/out"), outside);
    Files.createSymbolicLink(tree.resolve("a/file"), outside.resolve("precious"));
    Files.createSymbolicLink(tree.resolve("nowhere"), folder.resolve("missing"));

    Trees.delete(tree);

    assertThat(tree).doesNotExist();
    assertThat(outside.resolve("precious")).exists();
  }

  @Test
  void of_a_folder_that_is_a_link_only_the_link_is_deleted() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), outside);

    Trees.delete(link);

    assertThat(Files.isSymbolicLink(link)).isFalse();
    assertThat(outside.resolve("precious")).exists();
  }

  @Test
  void deleting_what_is_gone_does_nothing() throws IOException {
    Trees.delete(folder.resolve("missing"));

    assertThat(folder).isDirectoryContaining("glob:**/tree");
  }

  @Test
  void the_size_of_a_folder_is_that_of_its_files() throws IOException {
    assertThat(Trees.bytes(tree)).isEqualTo(8);
  }

  @Test
  void the_size_of_a_folder_leaves_out_what_its_links_lead_to() throws IOException {
    Files.createSymbolicLink(tree.resolve("out"), outside);
    Files.createSymbolicLink(tree.resolve("file-out"), outside.resolve("precious"));

    assertThat(Trees.bytes(tree)).isLessThan(1000);
  }

  @Test
  void what_is_gone_has_no_size() throws IOException {
    assertThat(Trees.bytes(folder.resolve("missing"))).isZero();
  }
}

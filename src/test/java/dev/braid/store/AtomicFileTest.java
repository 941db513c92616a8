package dev.braid.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.braid.store.AtomicFile.Durability;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AtomicFileTest {
  @Test
  void one_bad_byte_keeps_nobody_from_the_rest(@TempDir Path folder) throws IOException {
    Path file = Files.write(folder.resolve("f"), new byte[] {'a', (byte) 0xE4, 'b'});

    assertThat(AtomicFile.text(file)).isEqualTo("a\uFFFDb");
  }

  private static final int LENGTH = 300_000;
  private static final int REPLACEMENTS = 60;
  private static final int WRITES = 2_000;

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("one.json");
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(each -> folder.relativize(each).toString()).sorted().toList();
    }
  }

  /** A folder with something in it, which no file can replace. */
  private Path inTheWay() throws IOException {
    Path taken = Files.createDirectory(folder.resolve("taken"));
    Files.createFile(taken.resolve("something"));
    return taken;
  }

  @ParameterizedTest
  @EnumSource
  void a_file_holds_what_was_written_last(Durability durability) throws IOException {
    AtomicFile.write(file, "a longer text", durability);
    AtomicFile.write(file, "short \u00fc", durability);

    assertThat(file).hasContent("short \u00fc");
    assertThat(names()).containsExactly("one.json");
  }

  @ParameterizedTest
  @EnumSource
  void only_its_owner_may_read_a_file(Durability durability) throws IOException {
    AtomicFile.write(file, "secret", durability);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @ParameterizedTest
  @EnumSource
  void the_folder_of_a_file_is_made_when_there_is_none(Durability durability) throws IOException {
    Path deep = folder.resolve("some/where/one.json");

    AtomicFile.write(deep, "text", durability);

    assertThat(deep).hasContent("text");
  }

  @Test
  void a_reader_sees_the_old_text_or_the_new_one() throws Exception {
    AtomicFile.write(file, "a".repeat(LENGTH), Durability.PROGRAM);
    Thread writer =
        Thread.ofPlatform()
            .start(() -> {
              for (int i = 1; i <= REPLACEMENTS; i++) {
                String letter = i % 2 == 0 ? "a" : "b";
                try {
                  AtomicFile.write(file, letter.repeat(LENGTH), Durability.PROGRAM);
                } catch (IOException e) {
                  throw new java.io.UncheckedIOException(e);
                }
              }
            });

    var seen = new HashSet<String>();
    while (writer.isAlive()) {
      seen.add(Files.readString(file));
    }

    assertThat(seen).isSubsetOf("a".repeat(LENGTH), "b".repeat(LENGTH)).isNotEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void a_write_that_fails_leaves_no_temporary_file(Durability durability) throws IOException {
    Path taken = inTheWay();

    assertThatThrownBy(() -> AtomicFile.write(taken, "text", durability))
        .isInstanceOf(IOException.class);

    assertThat(names()).containsExactly("taken");
  }

  @Test
  void a_link_is_a_second_name_of_the_same_text() throws IOException {
    Path name = folder.resolve("two.json");
    AtomicFile.write(file, "text", Durability.PROGRAM);

    AtomicFile.link(file, name);

    assertThat(name).hasContent("text");
    assertThat(names()).containsExactly("one.json", "two.json");
  }

  @Test
  void a_link_takes_the_place_of_what_had_that_name() throws IOException {
    Path name = Files.writeString(folder.resolve("two.json"), "old");
    AtomicFile.write(file, "new", Durability.PROGRAM);

    AtomicFile.link(file, name);

    assertThat(name).hasContent("new");
    assertThat(names()).containsExactly("one.json", "two.json");
  }

  @Test
  void the_folder_of_a_link_is_made_when_there_is_none() throws IOException {
    Path name = folder.resolve("some/where/two.json");
    AtomicFile.write(file, "text", Durability.PROGRAM);

    AtomicFile.link(file, name);

    assertThat(name).hasContent("text");
  }

  @Test
  void writing_one_name_does_not_change_the_other() throws IOException {
    Path name = folder.resolve("two.json");
    AtomicFile.write(file, "first", Durability.PROGRAM);
    AtomicFile.link(file, name);

    AtomicFile.write(file, "second", Durability.PROGRAM);

    assertThat(name).hasContent("first");
    assertThat(file).hasContent("second");
  }

  @Test
  void linking_a_name_that_it_has_already_changes_nothing() throws IOException {
    Path name = folder.resolve("two.json");
    AtomicFile.write(file, "text", Durability.PROGRAM);

    AtomicFile.link(file, name);
    AtomicFile.link(file, name);

    assertThat(name).hasContent("text");
    assertThat(names()).containsExactly("one.json", "two.json");
  }

  @Test
  void a_link_that_fails_leaves_no_temporary_file() throws IOException {
    Path taken = inTheWay();
    AtomicFile.write(file, "text", Durability.PROGRAM);

    assertThatThrownBy(() -> AtomicFile.link(file, taken)).isInstanceOf(IOException.class);

    assertThat(names()).containsExactly("one.json", "taken");
  }

  @Test
  void what_a_dead_writer_left_is_removed_once_it_is_old() throws IOException {
    AtomicFile.write(file, "whole", Durability.PROGRAM);
    Path left = Files.createFile(folder.resolve(".1f2e.tmp"));

    AtomicFile.removeUnfinished(folder, Instant.now().minusSeconds(60));
    assertThat(left).exists();
    AtomicFile.removeUnfinished(folder, Instant.now().plusSeconds(60));

    assertThat(names()).containsExactly("one.json");
    AtomicFile.removeUnfinished(folder.resolve("nowhere"), Instant.now());
  }

  @Test
  void a_file_that_the_disk_did_not_take_is_the_old_one(@TempDir Path empty) throws IOException {
    Path file = empty.resolve("file");

    assertThat(FailingSync.say("file.sync:2!!", "file", file))
        .containsExactly("1", "Input/output error", "Input/output error");

    assertThat(file).hasContent("1\n");
    assertThat(empty).isDirectoryContaining(file::equals).isDirectoryNotContaining("glob:**.tmp");
  }

  @Test
  void who_looks_for_unfinished_files_may_meet_one_that_is_just_finished() {
    var writing =
        CompletableFuture.runAsync(() -> {
          for (int i = 0; i < WRITES; i++) {
            try {
              AtomicFile.write(folder.resolve("file"), "x", Durability.PROGRAM);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          }
        });

    assertThatCode(
            () -> {
              while (!writing.isDone()) {
                AtomicFile.removeUnfinished(folder, Instant.EPOCH);
              }
              writing.join();
            })
        .doesNotThrowAnyException();
  }
}

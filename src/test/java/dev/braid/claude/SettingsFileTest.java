package dev.braid.claude;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsFileTest {
  @TempDir Path folder = Path.of("");
  private Path root = Path.of("");
  private Path file = Path.of("");
  private Path lock = Path.of("");

  @BeforeEach
  void makeRoot() throws IOException {
    root = Files.createDirectory(folder.resolve("root"));
    file = root.resolve("settings.json");
    lock = folder.resolve("settings.lock");
  }

  @Test
  void a_missing_file_is_made_for_its_owner_alone_and_removed_again() throws IOException {
    var settings = new SettingsFile(file, lock);
    var done = (SettingsFile.Outcome.Done) settings.change(SettingsFileTest::dark);
    assertThat(done.isWritten()).isTrue();
    assertThat(file).hasContent("{\n  \"theme\": \"dark\"\n}\n");
    assertThat(mode(file)).isEqualTo("rw-------");

    settings.change(text -> text.restoreMember("theme", done.edit().changes()));
    assertThat(root).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r--r--", "rw-------", "rwxrw-r--"})
  void permissions_stay(String mode) throws IOException {
    write("{}", mode);
    assertThat(new SettingsFile(file, lock).change(SettingsFileTest::dark))
        .isInstanceOf(SettingsFile.Outcome.Done.class);
    assertThat(mode(file)).isEqualTo(mode);
    assertOnlyTheFile();
  }

  @Test
  void nothing_is_written_when_nothing_changes() throws IOException {
    write("{\"theme\":\"dark\"}", "r--r--r--");
    Object before = Files.getAttribute(file, "unix:ino");
    var done =
        (SettingsFile.Outcome.Done) new SettingsFile(file, lock).change(SettingsFileTest::dark);
    assertThat(done.isWritten()).isFalse();
    assertThat(Files.getAttribute(file, "unix:ino")).isEqualTo(before);
  }

  @Test
  void a_link_stays_and_what_it_points_to_is_replaced() throws IOException {
    Path dotfiles = Files.createDirectory(folder.resolve("dotfiles"));
    Path real = Files.writeString(dotfiles.resolve("claude.json"), "{}");
    Path between =
        Files.createSymbolicLink(folder.resolve("between"), Path.of("dotfiles/claude.json"));
    Files.createSymbolicLink(file, between);

    new SettingsFile(file, lock).change(SettingsFileTest::dark);

    assertThat(file).isSymbolicLink().hasContent("{\n  \"theme\": \"dark\"\n}");
    assertThat(between).isSymbolicLink();
    assertThat(real).isRegularFile().hasContent("{\n  \"theme\": \"dark\"\n}");
    assertOnlyTheFile();
  }

  @Test
  void a_link_to_nothing_gets_its_file() throws IOException {
    Files.createSymbolicLink(file, Path.of("other.json"));
    new SettingsFile(file, lock).change(SettingsFileTest::dark);
    assertThat(file).isSymbolicLink();
    assertThat(root.resolve("other.json")).isRegularFile();
  }

  @Test
  void a_link_without_an_end_is_refused() throws IOException {
    Files.createSymbolicLink(file, file);
    assertThat(refusal()).contains("link without an end");
  }

  @Test
  void a_read_only_file_is_refused() throws IOException {
    write("{}", "r--r--r--");
    assertThat(refusal()).endsWith("settings.json is read-only");
    assertThat(file).hasContent("{}");
  }

  @Test
  void a_read_only_folder_is_refused() throws IOException {
    write("{}", "rw-r--r--");
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("r-xr-xr-x"));
    assertThat(refusal()).startsWith("the folder ").endsWith(" is read-only");
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
    assertThat(file).hasContent("{}");
    assertOnlyTheFile();
  }

  @Test
  void a_file_of_somebody_else_is_refused() throws IOException {
    write("{}", "rw-rw-rw-");
    assumeThat(giveAway(file)).isTrue();
    assertThat(refusal()).contains(" belongs to ");
    assertThat(file).hasContent("{}");
    assertOnlyTheFile();
  }

  private static boolean giveAway(Path file) {
    try {
      Files.setAttribute(file, "unix:uid", 12_345);
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  @Test
  void a_folder_and_a_missing_folder_are_refused() throws IOException {
    Files.createDirectory(file);
    assertThat(refusal()).endsWith(" is no file");
    file = folder.resolve("none/settings.json");
    assertThat(refusal()).startsWith("there is no folder ");
  }

  @Test
  void a_large_file_is_refused_and_none_is_made() throws IOException {
    String most = "{}" + " ".repeat(SettingsFile.MAX_BYTES - 2);
    write(most + " ", "rw-r--r--");
    assertThat(refusal()).endsWith(" is larger than 8 MiB");
    write(most, "rw-r--r--");
    assertThat(refusal()).endsWith(" is larger than 8 MiB");
    assertThat(file).hasSize(SettingsFile.MAX_BYTES);
  }

  @Test
  void what_cannot_be_read_stays_as_it_is() throws IOException {
    write("{\"a\":", "rw-r--r--");
    var settings = new SettingsFile(file, lock);
    assertThat(settings.read()).isInstanceOf(SettingsReading.Unreadable.class);
    assertThat(settings.change(SettingsFileTest::dark))
        .isInstanceOf(SettingsReading.Unreadable.class);
    assertThat(file).hasContent("{\"a\":");
  }

  @Test
  void what_somebody_writes_in_between_is_kept() throws IOException {
    write("{}", "rw-r--r--");
    var tries = new AtomicInteger();
    SettingsFile.Outcome outcome =
        new SettingsFile(file, lock)
            .change(text -> {
              if (tries.incrementAndGet() < SettingsFile.TRIES) {
                write("{\"other\":" + tries + "}", "rw-r--r--");
              }
              return dark(text);
            });
    assertThat(outcome).isInstanceOf(SettingsFile.Outcome.Done.class);
    assertThat(file).hasContent("{\"other\":9,\"theme\":\"dark\"}");
    assertThat(tries).hasValue(SettingsFile.TRIES);
  }

  @Test
  void who_never_rests_wins() throws IOException {
    var tries = new AtomicInteger();
    SettingsFile.Outcome outcome =
        new SettingsFile(file, lock)
            .change(text -> {
              write("{\"other\":" + tries.incrementAndGet() + "}", "rw-r--r--");
              return dark(text);
            });
    assertThat(outcome).isEqualTo(new SettingsFile.Changed());
    assertThat(tries).hasValue(SettingsFile.TRIES);
    assertThat(file).hasContent("{\"other\":10}");
    assertOnlyTheFile();
  }

  @Test
  void two_that_write_at_once_lose_nothing() throws IOException {
    write("{\n\t\"mine\": 1\n}\n", "rw-r--r--");
    CompletableFuture<?>[] writers =
        IntStream.range(0, 8)
            .mapToObj(number -> CompletableFuture.runAsync(() -> set("k" + number, number)))
            .toArray(CompletableFuture<?>[]::new);
    CompletableFuture.allOf(writers).join();

    SettingsText text =
        switch (new SettingsFile(file, lock).read()) {
          case SettingsReading.Good(SettingsText good) -> good;
          case SettingsFile.Fault fault -> throw new AssertionError(fault.reason());
        };
    assertThat(text.member("mine")).contains(IntNode.valueOf(1));
    for (int number = 0; number < writers.length; number++) {
      assertThat(text.member("k" + number)).contains(IntNode.valueOf(number));
    }
    assertOnlyTheFile();
  }

  private void set(String name, int value) {
    try {
      var settings = new SettingsFile(file, lock, Duration.ofMinutes(1));
      assertThat(settings.change(text -> text.setMember(name, IntNode.valueOf(value))))
          .isInstanceOf(SettingsFile.Outcome.Done.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void a_lock_that_is_held_is_waited_for_and_then_it_is_busy() throws IOException {
    var settings = new SettingsFile(file, lock, Duration.ofMillis(100));
    try (SettingsLock held = SettingsLock.acquire(lock, Duration.ZERO).orElseThrow()) {
      assertThat(held).isNotNull();
      assertThat(CompletableFuture.supplyAsync(() -> changed(settings)).join())
          .isEqualTo(new SettingsFile.Busy());
    }
    try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE);
        FileLock held = channel.lock()) {
      assertThat(held.isValid()).isTrue();
      assertThat(changed(settings)).isEqualTo(new SettingsFile.Busy());
    }
    assertThat(file).doesNotExist();
    assertThat(changed(settings)).isInstanceOf(SettingsFile.Outcome.Done.class);
  }

  private static SettingsFile.Outcome changed(SettingsFile settings) {
    try {
      return settings.change(SettingsFileTest::dark);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static SettingsEdit dark(SettingsText text) {
    return text.setMember("theme", TextNode.valueOf("dark"));
  }

  private String refusal() throws IOException {
    SettingsFile.Outcome outcome = new SettingsFile(file, lock).change(SettingsFileTest::dark);
    assertThat(outcome).isInstanceOf(SettingsFile.Refused.class);
    return ((SettingsFile.Fault) outcome).reason();
  }

  private void write(String text, String mode) {
    try {
      Files.writeString(file, text);
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private void assertOnlyTheFile() throws IOException {
    try (Stream<Path> files = Files.list(root)) {
      assertThat(files).containsExactly(file);
    }
  }
}

package dev.braid.install;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.claude.SettingsEdit;
import dev.braid.claude.SettingsReading;
import dev.braid.claude.SettingsText;
import dev.braid.state.Cut;
import dev.braid.state.EarlierState;
import dev.braid.store.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What an earlier version installed can be taken back. */
class ReceiptsOfEarlierVersionsTest {
  static List<EarlierState> versions() {
    return EarlierState.all();
  }

  private static List<Written> written(EarlierState state) throws IOException {
    Path file;
    try (Stream<Path> receipts = Files.list(state.share().resolve("receipts"))) {
      file = receipts.findFirst().orElseThrow();
    }
    List<Written> written = new Receipt(file).read();
    assertThat(written).hasSameSizeAs(Files.readAllLines(file));
    return written;
  }

  @ParameterizedTest
  @MethodSource("versions")
  void a_receipt_tells_all_that_was_written(EarlierState state) throws IOException {
    assertThat(written(state))
        .contains(
            new Written.Tree(Path.of("/home/user/.local/share/braid")),
            new Written.Folder(Path.of("/home/user/.local/bin")),
            new Written.Link(
                Path.of("/home/user/.local/bin/braid"),
                Path.of("/home/user/.local/share/braid/current/bin/braid")),
            new Written.Service("braid.service"))
        .anyMatch(each ->
            each instanceof Written.File(Path path, String checksum)
                && path.endsWith("hooks/stop")
                && checksum.length() == 64);
    assertThat(new MadeFolders(state.share()).read())
        .contains(Path.of("/home/user/.local"), Path.of("/home/user/.local/share/braid"));
  }

  @Test
  void every_kind_of_line_has_a_sample() throws IOException {
    Set<Class<?>> kinds =
        written(EarlierState.all().getLast()).stream()
            .map(Object::getClass)
            .collect(Collectors.toSet());

    assertThat(kinds).containsExactlyInAnyOrder(Written.class.getPermittedSubclasses());
  }

  @ParameterizedTest
  @MethodSource("versions")
  void hooks_go_from_the_settings_without_a_trace(EarlierState state) throws IOException {
    Written.Edited edited =
        written(state).stream()
            .filter(Written.Edited.class::isInstance)
            .map(Written.Edited.class::cast)
            .filter(each -> each.path().endsWith("settings.json"))
            .findFirst()
            .orElseThrow();
    byte[] now = Files.readAllBytes(state.places().root().resolve("settings.json"));
    SettingsText settings = ((SettingsReading.Good) SettingsReading.of(now)).text();

    SettingsEdit taken =
        settings
            .removeHooks(HookEntries::isOurs, edited.changes())
            .then(next -> next.restoreEnv("CLAUDE_CODE_ENABLE_TODO_TOOLS", edited.changes()));

    Path backup = Objects.requireNonNull(edited.backup());
    assertThat(taken.text().bytes())
        .isEqualTo(
            Files.readAllBytes(state.share().resolve("backups").resolve(backup.getFileName())));
  }

  @ParameterizedTest
  @MethodSource("versions")
  void an_installation_kept_what_others_wrote_in_the_config(EarlierState state) throws IOException {
    var config =
        Objects.requireNonNull(Json.parseObject(Files.readString(state.places().configFile())));

    assertThat(config.at("/of_a_neighbour/kept").asBoolean()).isTrue();
    assertThat(config.path("mode").asText()).isEqualTo("delegate");
  }

  @Test
  void of_a_receipt_that_was_cut_the_lines_before_count(@TempDir Path folder) throws IOException {
    EarlierState copy = EarlierState.all().getLast().copiedTo(folder);
    List<Written> all = written(copy);
    for (Path file : Cut.files(copy.share().resolve("receipts"))) {
      Cut.each(
          file,
          _ -> {
            List<Written> left = new Receipt(file).read();
            assertThat(left).isEqualTo(all.subList(0, left.size()));
          });
    }
    List<Path> made = new MadeFolders(copy.share()).read();
    Cut.each(
        copy.share().resolve("made-folders"),
        _ -> assertThat(made).containsAll(new MadeFolders(copy.share()).read()));
  }

  @Test
  void settings_that_were_cut_are_not_touched(@TempDir Path folder) throws IOException {
    EarlierState copy = EarlierState.all().getLast().copiedTo(folder);
    Cut.each(
        copy.places().root().resolve("settings.json"),
        cut -> {
          // An empty file holds nothing to be lost.
          if (cut.length() > 0 && cut.length() < cut.wholeLength() - 1) {
            assertThat(SettingsReading.of(Files.readAllBytes(cut.file())))
                .isNotInstanceOf(SettingsReading.Good.class);
          }
        });
  }
}

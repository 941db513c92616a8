package dev.braid.claude;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Settings as people have them: what was added goes without a trace, or nothing is done. */
class SettingsCorpusTest {
  private static final Path FOLDER = Path.of("src/test/resources/settings");

  static Stream<Path> readable() throws IOException {
    return files(FOLDER);
  }

  static Stream<Path> unreadable() throws IOException {
    return files(FOLDER.resolve("unreadable"));
  }

  private static Stream<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("readable")
  void added_and_removed_it_is_the_same_byte_for_byte(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    SettingsText before = OwnHooks.readable(bytes);
    byte[] without = before.removeHooks(OwnHooks::isOurs, List.of()).text().bytes();
    SettingsEdit added = OwnHooks.install(before);

    assertThat(OwnHooks.uninstall(added.text(), added.changes()).text().bytes()).isEqualTo(without);
    if (!file.endsWith("other-port.json")) {
      assertThat(without).isEqualTo(bytes);
    }
  }

  @ParameterizedTest
  @MethodSource("readable")
  void added_twice_is_added_once(Path file) throws IOException {
    SettingsText once = OwnHooks.install(OwnHooks.readable(Files.readAllBytes(file))).text();
    SettingsEdit twice = OwnHooks.install(once);
    assertThat(OwnHooks.text(twice.text())).isEqualTo(OwnHooks.text(once));
    assertThat(twice.changes()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("readable")
  void it_means_what_it_meant_and_what_was_added(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    ObjectNode expected = meaning(bytes);
    for (var event : OwnHooks.HOOKS.properties()) {
      var groups = expected.withObjectProperty("hooks").withArrayProperty(event.getKey());
      event.getValue().forEach(groups::add);
    }
    expected.withObjectProperty("env").put(OwnHooks.VARIABLE, "1");
    expected.set("statusLine", OwnHooks.STATUS_LINE);

    byte[] added = OwnHooks.install(OwnHooks.readable(bytes)).text().bytes();

    assertThat((JsonNode) meaning(added)).isEqualTo(expected);
  }

  private static ObjectNode meaning(byte[] bytes) throws IOException {
    String text = new String(bytes, StandardCharsets.UTF_8).replace("\uFEFF", "");
    return text.isBlank()
        ? new ObjectMapper().createObjectNode()
        : new ObjectMapper(JsonPart.FACTORY).readValue(text, ObjectNode.class);
  }

  @ParameterizedTest
  @MethodSource("unreadable")
  void what_cannot_be_read_is_told_with_its_place(Path file) throws IOException {
    assertThat(SettingsReading.of(Files.readAllBytes(file)))
        .isInstanceOfSatisfying(
            SettingsReading.Unreadable.class,
            unreadable -> {
              assertThat(unreadable.line()).isPositive();
              assertThat(unreadable.column()).isPositive();
              assertThat(unreadable.message())
                  .isNotBlank()
                  .hasSizeLessThan(200)
                  .doesNotContain("\n");
            });
  }

  @ParameterizedTest
  @CsvSource({
    "trailing-comma, 3, 1, Unexpected character",
    "comments, 2, 3, Unexpected character",
    "root-array, 1, 1, The settings are not an object",
    "hooks-string, 2, 12, '\"hooks\" is not an object'",
    "event-object, 3, 13, '\"hooks.Stop\" is not an array'",
    "env-null, 2, 10, '\"env\" is not an object'",
    "two-values, 2, 1, There is more after the end of the value",
    "not-utf8, 2, 14, This is not UTF-8"
  })
  void the_place_is_exact(String name, int line, int column, String message) throws IOException {
    byte[] bytes = Files.readAllBytes(FOLDER.resolve("unreadable").resolve(name + ".json"));
    assertThat(SettingsReading.of(bytes))
        .isInstanceOfSatisfying(
            SettingsReading.Unreadable.class,
            unreadable -> {
              assertThat(unreadable.reason())
                  .startsWith("line " + line + ", column " + column + ": ");
              assertThat(unreadable.message()).startsWith(message);
            });
  }

  @Test
  void two_megabytes_are_no_trouble() {
    var text = new StringBuilder("{\n  \"permissions\": {\n    \"allow\": [");
    for (int i = 0; text.length() < 2 << 20; i++) {
      text.append(i == 0 ? "\n" : ",\n").append("      \"Bash(command-").append(i).append(":*)\"");
    }
    text.append("\n    ]\n  },\n  \"hooks\": {}\n}\n");
    SettingsText before = OwnHooks.readable(text.toString());

    SettingsEdit added = OwnHooks.install(before);

    assertThat(added.text().bytes()).hasSizeGreaterThan(2 << 20);
    SettingsText after = OwnHooks.uninstall(added.text(), added.changes()).text();
    assertThat(OwnHooks.text(after).contentEquals(text)).isTrue();
  }
}

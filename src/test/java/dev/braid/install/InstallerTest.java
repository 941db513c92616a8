package dev.braid.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.braid.config.Places;
import dev.braid.store.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class InstallerTest {
  private static final Path CORPUS = Path.of("src/test/resources/settings");
  private static final String TOKEN = "0123456789abcdef";

  @TempDir private Path home = Path.of("/");
  private Path version = home;
  private Layout layout = layout("");

  private Layout layout(String prefix) {
    return Layout.of(Map.of(), home, new Places(home.resolve(".claude")), prefix, "Linux");
  }

  @BeforeEach
  void makeVersion() throws IOException {
    home = home.toRealPath();
    layout = layout("");
    version = Files.createDirectories(home.resolve("unpacked"));
    Files.createDirectories(version.resolve("man"));
    Files.writeString(version.resolve("man/braid.1"), "x");
    Files.createDirectories(home.resolve(".claude"));
  }

  private Installer installer() {
    return installer(null, 20_001, false);
  }

  private Installer installer(@Nullable String mode, int port, boolean isNewPort) {
    return new Installer(
        layout, new Wishes(version, mode, port, isNewPort, TOKEN, true, false, true, null));
  }

  private Installer withStatusLine() {
    return new Installer(
        layout, new Wishes(version, null, 20_001, false, TOKEN, true, true, true, null));
  }

  /** The settings' own status line. */
  private JsonNode statusLine() throws IOException {
    ObjectNode settings = Json.parseObject(Files.readString(layout.settingsFile()));
    return Objects.requireNonNull(settings).path("statusLine");
  }

  private String script() {
    return '"' + layout.hooks().resolve("statusline").toString() + '"';
  }

  private List<String> uninstall() throws IOException {
    return new Uninstaller(layout, Optional.empty()).uninstall();
  }

  /** Everything below the home, with what is in it and who may read it. */
  private Map<String, String> listing() throws IOException {
    var listing = new TreeMap<String, String>();
    try (Stream<Path> all = Files.walk(home)) {
      for (Path each : all.toList()) {
        String what =
            Files.isSymbolicLink(each)
                ? Files.readSymbolicLink(each).toString()
                : Files.isDirectory(each) ? "folder" : Checksum.ofFile(each) + mode(each);
        listing.put(home.relativize(each).toString(), what);
      }
    }
    return listing;
  }

  private static String mode(Path file) throws IOException {
    return " " + PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  static Stream<Path> settings() throws IOException {
    try (Stream<Path> files = Files.walk(CORPUS)) {
      return files
          .filter(file -> file.toString().endsWith(".json"))
          // It has hooks of Braid's in it: these go.
          .filter(file -> !file.endsWith("other-port.json"))
          .sorted()
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("settings")
  void installed_and_uninstalled_nothing_is_different_whatever_the_settings(Path file)
      throws IOException {
    Files.copy(file, layout.settingsFile());
    Map<String, String> before = listing();
    boolean isReadable = !file.toString().contains("unreadable");

    if (isReadable) {
      installer().install();
      withStatusLine().install();
      assertThat(Files.readString(layout.settingsFile())).contains("127.0.0.1:20001", TOKEN);
    } else {
      assertThatThrownBy(() -> installer().install())
          .isInstanceOf(IOException.class)
          .hasMessageContaining("is left as it is: ");
      assertThat(layout.settingsFile()).hasSameBinaryContentAs(file);
    }

    assertThat(uninstall()).isEmpty();
    assertThat(listing()).isEqualTo(before);
  }

  @Test
  void installed_and_uninstalled_nothing_is_different_without_settings() throws IOException {
    Map<String, String> before = listing();

    installer().install();
    assertThat(layout.settingsFile()).exists();
    assertThat(layout.program()).isSymbolicLink();

    assertThat(uninstall()).isEmpty();
    assertThat(listing()).isEqualTo(before);
  }

  @Test
  void installing_again_changes_nothing() throws IOException {
    installer().install();
    Map<String, String> once = listing();

    assertThat(installer().preview()).isEmpty();
    assertThat(installer().install()).isEmpty();

    assertThat(listing()).isEqualTo(once);
  }

  @Test
  void a_preview_writes_nothing_and_shows_neither_token_nor_what_others_wrote() throws IOException {
    Files.writeString(
        layout.settingsFile(), "{\n  \"env\": {\n    \"KEY\": \"sk-secret\"\n  }\n}\n");
    Map<String, String> before = listing();

    List<String> preview = installer().preview();

    assertThat(listing()).isEqualTo(before);
    assertThat(preview)
        .anyMatch(line -> line.equals("change  " + layout.settingsFile()))
        .anyMatch(line -> line.contains("+") && line.contains("CLAUDE_CODE_ENABLE_TODO_TOOLS"))
        .noneMatch(line -> line.contains(TOKEN))
        .noneMatch(line -> line.contains("sk-secret"));
  }

  @Test
  void another_port_replaces_the_hooks_and_the_setting() throws IOException {
    Files.copy(CORPUS.resolve("hooks-of-others.json"), layout.settingsFile());
    Map<String, String> before = listing();
    installer().install();

    installer("advise", 20_002, true).install();

    assertThat(layout.settingsFile())
        .content()
        .contains("127.0.0.1:20002")
        .doesNotContain("127.0.0.1:20001");
    assertThat(layout.places().configFile())
        .content()
        .contains("\"hook_port\": 20002", "\"mode\": \"advise\"");
    assertThat(uninstall()).isEmpty();
    assertThat(listing()).isEqualTo(before);
  }

  @Test
  void what_the_user_changed_since_stays() throws IOException {
    installer().install();
    Path settings = layout.settingsFile();
    Files.writeString(
        settings,
        Files.readString(settings)
            .replace("\"hooks\": {", "\"model\": \"opus\",\n  \"hooks\": {")
            .replace("TODO_TOOLS\": \"1\"", "TODO_TOOLS\": \"0\""));
    Files.writeString(layout.places().configFile(), "{\"mode\": \"off\"}");
    Path policy = layout.places().policyFile();
    Files.writeString(policy, "Mine.\n");

    List<String> left = uninstall();

    assertThat(left)
        .containsExactlyInAnyOrder(
            policy + " was changed since; it is left as it is",
            layout.places().configFile() + " was changed since; it is left as it is");
    assertThat(settings)
        .content()
        .contains("\"model\": \"opus\"", "TODO_TOOLS\": \"0\"")
        .doesNotContain("127.0.0.1", "braid");
    assertThat(policy).hasContent("Mine.\n");
    assertThat(layout.share()).doesNotExist();
  }

  @Test
  void a_wish_against_task_tools_is_kept_unless_it_may_be_overruled_and_comes_back()
      throws IOException {
    String against = "{\"env\": {\"CLAUDE_CODE_ENABLE_TODO_TOOLS\": \"0\"}}";
    Files.writeString(layout.settingsFile(), against);
    var cautious =
        new Installer(
            layout, new Wishes(version, null, 20_001, false, TOKEN, true, false, false, null));
    assertThat(cautious.install()).anyMatch(line -> line.contains("against task tools"));
    assertThat(layout.settingsFile()).content().contains("TODO_TOOLS\": \"0\"");

    installer().install();
    assertThat(layout.settingsFile()).content().contains("TODO_TOOLS\": \"1\"");

    assertThat(uninstall()).isEmpty();
    assertThat(layout.settingsFile()).hasContent(against);
  }

  @Test
  void the_status_line_of_the_person_is_shown_first_and_comes_back() throws IOException {
    String own = "{\n  \"statusLine\": { \"command\" : \"echo 'a b'; cat\", \"padding\": 2 }\n}";
    Files.writeString(layout.settingsFile(), own);
    Map<String, String> before = listing();

    List<String> preview = withStatusLine().preview();
    withStatusLine().install();

    assertThat(preview)
        .contains("  statusLine shows Braid behind what it shows now")
        .noneMatch(line -> line.contains("a b"));
    assertThat(statusLine())
        .isEqualTo(
            Json.object()
                .put("type", "command")
                .put("command", script() + " 'echo '\\''a b'\\''; cat'")
                .put("padding", 2)
                .put("refreshInterval", 5));
    Map<String, String> once = listing();
    assertThat(withStatusLine().preview()).isEmpty();
    withStatusLine().install();
    installer().install();
    assertThat(listing()).isEqualTo(once);

    assertThat(uninstall()).isEmpty();
    assertThat(layout.settingsFile()).content().isEqualTo(own);
    assertThat(listing()).isEqualTo(before);
  }

  @Test
  void without_one_the_status_line_is_braids_alone_and_goes_again() throws IOException {
    Map<String, String> before = listing();

    withStatusLine().install();

    assertThat(statusLine().path("command").asText()).isEqualTo(script());
    assertThat(uninstall()).isEmpty();
    assertThat(listing()).isEqualTo(before);
  }

  @Test
  void without_being_asked_for_the_status_line_stays_as_it_is() throws IOException {
    Files.writeString(layout.settingsFile(), "{\"statusLine\": {\"command\": \"date\"}}");

    installer().install();

    assertThat(statusLine().path("command").asText()).isEqualTo("date");
  }

  @Test
  void the_status_line_alone_needs_no_hooks() throws IOException {
    new Installer(layout, new Wishes(version, null, 20_001, false, TOKEN, false, true, true, null))
        .install();

    assertThat(statusLine().path("command").asText()).isEqualTo(script());
    assertThat(layout.settingsFile()).content().doesNotContain("hooks\":", "TODO_TOOLS");
    assertThat(layout.places().installedFile()).doesNotExist();
  }

  @Test
  void a_status_line_that_the_person_set_since_stays() throws IOException {
    Files.writeString(layout.settingsFile(), "{\"statusLine\": {\"command\": \"date\"}}");
    withStatusLine().install();
    String now = Files.readString(layout.settingsFile());
    String written = TextNode.valueOf(script() + " 'date'").toString();
    Files.writeString(layout.settingsFile(), now.replace(written, "\"uptime\""));

    assertThat(uninstall()).isEmpty();

    assertThat(statusLine().path("command").asText()).isEqualTo("uptime");
  }

  @Test
  void one_that_the_person_set_between_two_installations_comes_back_as_it_was() throws IOException {
    Files.writeString(layout.settingsFile(), "{\"statusLine\": {\"command\": \"date\"}}");
    withStatusLine().install();
    String since = "{\"statusLine\":   {\"command\": \"uptime\", \"refreshInterval\": 5}}";
    Files.writeString(layout.settingsFile(), since);
    withStatusLine().install();
    assertThat(statusLine().path("command").asText()).isEqualTo(script() + " 'uptime'");

    assertThat(uninstall()).isEmpty();

    assertThat(layout.settingsFile()).content().isEqualTo(since);
  }

  @Test
  void what_the_person_changed_around_braids_status_line_stays() throws IOException {
    Files.writeString(layout.settingsFile(), "{\"statusLine\": {\"command\": \"date\"}}");
    withStatusLine().install();
    String now = Files.readString(layout.settingsFile());
    Files.writeString(
        layout.settingsFile(),
        now.replace("\"refreshInterval\"", "\"padding\": 1, \"refreshInterval\""));

    assertThat(uninstall()).isEmpty();

    assertThat(statusLine())
        .isEqualTo(Json.object().put("type", "command").put("command", "date").put("padding", 1));
  }

  @Test
  void a_call_of_braids_script_that_the_person_made_is_told_of() throws IOException {
    withStatusLine().install();
    String now = Files.readString(layout.settingsFile());
    String written = TextNode.valueOf(script()).toString();
    String changed = TextNode.valueOf(script() + " | tr a-z A-Z").toString();
    Files.writeString(layout.settingsFile(), now.replace(written, changed));
    Map<String, String> before = listing();
    withStatusLine().install();
    assertThat(listing()).isEqualTo(before);

    assertThat(uninstall()).singleElement().asString().contains("calls Braid still");

    assertThat(statusLine().path("command").asText()).endsWith(" | tr a-z A-Z");
  }

  @Test
  void settings_that_are_a_link_stay_one() throws IOException {
    Path real = Files.createDirectories(home.resolve("dotfiles")).resolve("claude.json");
    Files.writeString(real, "{}\n");
    Files.createSymbolicLink(layout.settingsFile(), real);
    Map<String, String> before = listing();

    installer().install();
    assertThat(layout.settingsFile()).isSymbolicLink();
    assertThat(real).content().contains("127.0.0.1:20001");

    assertThat(uninstall()).isEmpty();
    assertThat(listing()).isEqualTo(before);
  }

  @Test
  void read_only_settings_are_refused_and_untouched() throws IOException {
    Files.writeString(layout.settingsFile(), "{}\n");
    Files.setPosixFilePermissions(
        layout.settingsFile(), PosixFilePermissions.fromString("r--r--r--"));
    Map<String, String> before = listing();

    assertThatThrownBy(() -> installer().install()).hasMessageContaining("is left as it is");

    assertThat(uninstall()).isEmpty();
    assertThat(listing()).isEqualTo(before);
  }

  @Test
  void another_program_of_that_name_is_not_replaced() throws IOException {
    Files.createDirectories(layout.program().resolveSibling("."));
    Files.writeString(layout.program(), "#!/bin/sh\n");
    Map<String, String> before = listing();

    assertThatThrownBy(() -> installer().install())
        .hasMessageContaining("is something else already");

    assertThat(listing()).isEqualTo(before);
  }

  @Test
  void two_roots_share_the_program_until_the_last_one_goes() throws IOException {
    Map<String, String> before = listing();
    installer().install();
    Layout first = layout;
    layout = Layout.of(Map.of(), home, new Places(home.resolve("other")), "", "Linux");
    Files.createDirectories(home.resolve("other"));
    installer().install();
    assertThat(layout.service()).isNotEqualTo(first.service());

    assertThat(uninstall()).isEmpty();
    assertThat(first.program()).isSymbolicLink();
    layout = first;
    assertThat(uninstall()).isEmpty();

    Files.delete(home.resolve("other"));
    assertThat(listing()).isEqualTo(before);
  }

  @Test
  void a_folder_that_a_shell_would_misread_is_refused() throws IOException {
    layout = layout("a$b");

    assertThatThrownBy(() -> installer().install()).hasMessageContaining("a shell would not");
  }
}

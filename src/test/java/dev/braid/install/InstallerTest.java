package dev.braid.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.braid.config.Places;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class InstallerTest extends InstallLab {
  private static final Path CORPUS = Path.of("src/test/resources/settings");

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

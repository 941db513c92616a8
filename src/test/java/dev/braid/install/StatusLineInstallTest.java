package dev.braid.install;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.braid.store.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class StatusLineInstallTest extends InstallLab {
  /** The settings' own status line. */
  private JsonNode statusLine() throws IOException {
    ObjectNode settings = Json.parseObject(Files.readString(layout.settingsFile()));
    return Objects.requireNonNull(settings).path("statusLine");
  }

  private String script() {
    return '"' + layout.hooks().resolve("statusline").toString() + '"';
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
}

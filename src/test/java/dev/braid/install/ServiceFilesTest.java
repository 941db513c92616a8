package dev.braid.install;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.config.Places;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServiceFilesTest {
  private static final Path HOME = Path.of("/home/Ann & Bob");

  private static Layout layout(String root, String system) {
    return Layout.of(Map.of(), HOME, new Places(HOME.resolve(root)), "", system);
  }

  @Test
  void a_property_list_has_what_a_service_does_not_get_by_itself() throws IOException {
    Map<String, String> environment = Map.of("USER", "ann", "PATH", "/opt/<x>/bin:/usr/bin");

    String text = Launchd.text(layout(".claude", "Mac OS X"), environment);

    assertThat(text)
        .contains(
            "<string>/home/Ann &amp; Bob/.local/bin/braid</string>",
            "<key>HOME</key>\n    <string>/home/Ann &amp; Bob</string>",
            "<key>USER</key>\n    <string>ann</string>",
            "<key>PATH</key>\n    <string>/opt/&lt;x&gt;/bin:/usr/bin</string>")
        .doesNotContain("CLAUDE_CONFIG_DIR", "BRAID_");
  }

  @Test
  void another_root_has_a_service_of_its_own() throws IOException {
    Layout other = layout("other", "Mac OS X");

    assertThat(other.service()).startsWith("dev.braid.").isNotEqualTo("dev.braid");
    assertThat(Launchd.text(other, Map.of("USER", "ann")))
        .contains(
            "<string>" + other.service() + "</string>",
            "<key>CLAUDE_CONFIG_DIR</key>\n    <string>/home/Ann &amp; Bob/other</string>");
    assertThat(layout("other", "Linux").service()).matches("braid-[0-9a-f]{8}\\.service");
    assertThat(layout(".claude", "Linux").service()).isEqualTo("braid.service");
  }
}

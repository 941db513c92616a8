package dev.braid.install;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.braid.claude.SettingsEdit;
import dev.braid.claude.SettingsText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes the settings with every default where there are none; in those that are there, only what
 * is wished.
 */
record Configure(Receipt receipt, Layout layout, @Nullable String mode, int port, boolean isNewPort)
    implements Step {
  private static final String TEMPLATE = "/templates/parallel-execution-config.json";
  private static final String MODE = "mode";
  private static final String PORT = "hook_port";

  private Path file() {
    return layout.places().configFile();
  }

  private PutFile whole() throws IOException {
    String text =
        Shipped.text(TEMPLATE)
            .replace("\"hook_port\": 0", "\"hook_port\": " + port)
            .replace(
                "\"mode\": \"delegate\"",
                "\"mode\": \"" + (mode == null ? "delegate" : mode) + '"');
    return new PutFile(receipt, file(), text, PutFile.PRIVATE, /* isForPeople= */ true);
  }

  private SettingsEdit edit(SettingsText text) {
    SettingsEdit edit = text.unchanged();
    if (mode != null) {
      edit = edit.then(now -> now.setMember(MODE, TextNode.valueOf(mode)));
    }
    if (isNewPort) {
      edit = edit.then(now -> now.setMember(PORT, IntNode.valueOf(port)));
    }
    return edit;
  }

  @Override
  public List<String> preview() throws IOException {
    if (!Files.exists(file())) {
      return whole().preview();
    }
    var lines = new ArrayList<String>();
    if (mode != null) {
      lines.add("set     " + MODE + " = " + mode + " in " + file());
    }
    if (isNewPort) {
      lines.add("set     " + PORT + " = " + port + " in " + file());
    }
    return lines;
  }

  @Override
  public List<String> perform() throws IOException {
    if (!Files.exists(file())) {
      return whole().perform();
    }
    if (mode != null || isNewPort) {
      Editing.edit(receipt, layout, file(), null, this::edit);
    }
    return List.of();
  }
}

package dev.braid.install;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.braid.claude.SettingsText;
import dev.braid.store.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/** Braid's entries in Claude Code's settings. */
public final class HookEntries {
  private static final String TEMPLATE = "/templates/hooks.json";
  private static final String TOKEN_HEADER = "X-Braid-Token";

  /** A shell would take these for something else, also between double quotes. */
  private static final Pattern STRANGE = Pattern.compile("[\"$`\\\\\\p{Cntrl}]");

  private static final Pattern SCRIPT =
      Pattern.compile("/share/braid/hooks/(session-start|stop)\\b");

  private HookEntries() {}

  /**
   * The value of {@code hooks}.
   *
   * @param scripts the folder of the scripts
   * @throws IOException when the folder cannot stand in a shell's command
   */
  static ObjectNode of(int port, String token, Path scripts) throws IOException {
    refuseStrange(scripts);
    String folder = TextNode.valueOf(scripts.toString()).toString();
    String text =
        Shipped.text(TEMPLATE)
            .replace("BRAID_HOOK_PORT", Integer.toString(port))
            .replace("BRAID_HOOK_TOKEN", token)
            .replace("BRAID_HOOKS", folder.substring(1, folder.length() - 1));
    return (ObjectNode) Objects.requireNonNull(Json.parseObject(text)).path("hooks");
  }

  /** Fails when the folder of the scripts cannot stand in a shell's command. */
  static void refuseStrange(Path scripts) throws IOException {
    if (STRANGE.matcher(scripts.toString()).find()) {
      throw new IOException(
          "hooks cannot be called in " + scripts + ": a shell would not take the name as it is");
    }
  }

  /** Whether a single hook of Claude Code's settings is one of Braid's, of whichever version. */
  public static boolean isOurs(JsonNode hook) {
    return hook.path("headers").has(TOKEN_HEADER)
        || SCRIPT.matcher(hook.path("command").asText()).find();
  }

  /** How Braid's entries stand in settings. */
  public enum State {
    COMPLETE,
    /** There are some, but they are not those that belong there now. */
    OTHER,
    NONE
  }

  /** Compares the settings with what would be put there. */
  public static State state(SettingsText text, int port, String token, Path scripts)
      throws IOException {
    ObjectNode wished = of(port, token, scripts);
    boolean isComplete = true;
    boolean isAny = false;
    for (var event : wished.properties()) {
      List<JsonNode> there = text.hooks(event.getKey());
      isAny |= there.stream().anyMatch(HookEntries::isOurs);
      for (JsonNode group : event.getValue()) {
        for (JsonNode hook : group.path("hooks")) {
          isComplete &= there.contains(hook);
        }
      }
    }
    if (isComplete) {
      return State.COMPLETE;
    }
    return isAny ? State.OTHER : State.NONE;
  }
}

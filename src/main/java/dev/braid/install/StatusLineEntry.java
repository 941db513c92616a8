package dev.braid.install;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.claude.SettingsChange;
import dev.braid.claude.SettingsEdit;
import dev.braid.claude.SettingsText;
import dev.braid.store.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Braid's status line in Claude Code's settings. One that the person had is the argument of Braid's
 * script, which shows it first: so the settings hold both, and nothing else has to be kept.
 */
final class StatusLineEntry {
  static final String SCRIPT = "statusline";

  private static final String MEMBER = "statusLine";
  private static final String COMMAND = "command";

  /** How our script ends in a command. */
  private static final String END = "/share/braid/hooks/" + SCRIPT + "\"";

  /** Without it, a session that waits for a run would not see how it goes. */
  private static final String REFRESH = "refreshInterval";

  private static final int REFRESH_SECONDS = 5;

  /** An apostrophe between apostrophes, for a shell. */
  private static final String APOSTROPHE = "'\\''";

  private StatusLineEntry() {}

  /**
   * The script as settings call it.
   *
   * @param scripts its folder
   * @throws IOException when the folder cannot stand in a shell's command
   */
  static String script(Path scripts) throws IOException {
    HookEntries.refuseStrange(scripts);
    return '"' + scripts.resolve(SCRIPT).toString() + '"';
  }

  /** Whether the settings call Braid's script, in whatever way. */
  static boolean isThere(SettingsText text) {
    return command(text.member(MEMBER)).filter(command -> command.contains(END)).isPresent();
  }

  private static Optional<String> command(Optional<JsonNode> member) {
    return member.map(line -> line.path(COMMAND).textValue()).filter(Objects::nonNull);
  }

  /** Puts it around what is there. A call of the script that the person changed stays as it is. */
  static SettingsEdit put(SettingsText text, String script) {
    Optional<JsonNode> there = text.member(MEMBER);
    boolean isChanged = isThere(text) && argument(command(there)).isEmpty();
    return isChanged ? text.unchanged() : text.setMember(MEMBER, around(there, script));
  }

  private static ObjectNode around(Optional<JsonNode> there, String script) {
    Optional<String> known = command(there);
    String own = argument(known).orElse(known.filter(line -> !line.isBlank()).orElse(""));
    ObjectNode line =
        there.orElse(null) instanceof ObjectNode object ? object.deepCopy() : Json.object();
    line.put("type", COMMAND).put(COMMAND, own.isEmpty() ? script : script + ' ' + quoted(own));
    if (!line.has(REFRESH)) {
      line.put(REFRESH, REFRESH_SECONDS);
    }
    return line;
  }

  private static String quoted(String own) {
    return "'" + own.replace("'", APOSTROPHE) + "'";
  }

  /**
   * The person's command in a call of our script; empty text when there is none, nothing when it is
   * no such call.
   */
  private static Optional<String> argument(Optional<String> command) {
    String call = command.orElse("");
    int end = call.indexOf(END);
    if (end < 0 || call.indexOf('"') != 0 || call.indexOf('"', 1) != end + END.length() - 1) {
      return Optional.empty();
    }
    String rest = call.substring(end + END.length());
    if (rest.isEmpty()) {
      return Optional.of("");
    }
    boolean isQuoted = rest.length() > 2 && rest.startsWith(" '") && rest.endsWith("'");
    String inside = isQuoted ? rest.substring(2, rest.length() - 1) : "'";
    return inside.replace(APOSTROPHE, "").contains("'")
        ? Optional.empty()
        : Optional.of(inside.replace(APOSTROPHE, "'"));
  }

  /**
   * Changes that still count before the settings are edited again: how a status line was is told by
   * one that the person set since.
   */
  static List<SettingsChange> current(List<SettingsChange> known, SettingsText text) {
    return isThere(text) ? known : known.stream().filter(each -> !isOfLine(each)).toList();
  }

  /** Gives the person's own back. One that was changed since keeps what it is now. */
  static SettingsEdit takeBack(SettingsText text, List<SettingsChange> changes, Path scripts) {
    Optional<JsonNode> there = text.member(MEMBER);
    Optional<String> own = argument(command(there));
    if (own.isEmpty()) {
      return text.unchanged();
    }
    Optional<JsonNode> before =
        changes.stream()
            .filter(change -> isOfLine(change) && change.kind() == SettingsChange.Kind.VALUE)
            .findFirst()
            .map(change -> Json.parseObject(change.was()));
    String script = '"' + scripts.resolve(SCRIPT).toString() + '"';
    boolean isAsWritten = there.equals(Optional.of(around(before, script)));
    if (isAsWritten || own.get().isEmpty() || !(there.get() instanceof ObjectNode line)) {
      return text.restoreMember(MEMBER, changes);
    }
    ObjectNode unwrapped = line.deepCopy().put(COMMAND, own.get());
    boolean hadRefresh = before.filter(object -> object.has(REFRESH)).isPresent();
    if (!hadRefresh && unwrapped.path(REFRESH).asInt() == REFRESH_SECONDS) {
      unwrapped.remove(REFRESH);
    }
    return text.setMember(MEMBER, unwrapped);
  }

  /** Whether a change is one of the status line. */
  static boolean isOfLine(SettingsChange change) {
    return change.path().equals(List.of(MEMBER));
  }
}

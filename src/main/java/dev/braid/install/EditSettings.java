package dev.braid.install;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.claude.SettingsEdit;
import dev.braid.claude.SettingsFile;
import dev.braid.claude.SettingsReading;
import dev.braid.claude.SettingsText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Puts Braid's hooks into Claude Code's settings, and the variable without which current models
 * have no task tools. Hooks of an earlier version go, those of others stay. The status line becomes
 * Braid's too when that is wished, or was before.
 */
record EditSettings(Receipt receipt, Layout layout, Wishes wishes) implements Step {
  /** Without it {@code TaskCreate} and its like are not offered. */
  static final String TASK_TOOLS = "CLAUDE_CODE_ENABLE_TODO_TOOLS";

  static final String ON = "1";
  private static final String KEPT = "...";

  private Function<SettingsText, SettingsEdit> edit() throws IOException {
    ObjectNode hooks = HookEntries.of(wishes.port(), wishes.token(), layout.hooks());
    String script = StatusLineEntry.script(layout.hooks());
    return text -> {
      SettingsEdit edit = wishes.hooks() ? withHooks(text, hooks) : text.unchanged();
      return wishes.statusLine() || StatusLineEntry.isThere(text)
          ? edit.then(now -> StatusLineEntry.put(now, script))
          : edit;
    };
  }

  private SettingsEdit withHooks(SettingsText text, ObjectNode hooks) {
    Set<JsonNode> wished = new HashSet<>();
    hooks.forEach(groups -> groups.forEach(group -> group.path("hooks").forEach(wished::add)));
    SettingsEdit edit =
        text.removeHooks(
                hook -> HookEntries.isOurs(hook) && !wished.contains(hook),
                // What an earlier installation made is needed again at once.
                List.of())
            .then(now -> now.addHooks(hooks));
    return mayEnable(text) ? edit.then(now -> now.setEnv(TASK_TOOLS, ON)) : edit;
  }

  private boolean mayEnable(SettingsText text) {
    Optional<String> now = text.env(TASK_TOOLS).map(JsonNode::asText);
    return now.isEmpty() || now.get().equals(ON) || wishes.tasksEnabled();
  }

  /** Whether somebody wished that there be no task tools. */
  static boolean isAgainst(Layout layout) throws IOException {
    return Editing.read(layout) instanceof SettingsReading.Good(SettingsText text)
        && text.env(TASK_TOOLS).filter(value -> !value.asText().equals(ON)).isPresent();
  }

  @Override
  public List<String> preview() throws IOException {
    return switch (Editing.read(layout)) {
      case SettingsFile.Fault fault -> throw Editing.refused(layout.settingsFile(), fault);
      case SettingsReading.Good(SettingsText text) -> {
        SettingsEdit edit = edit().apply(text);
        List<String> difference =
            LineDifference.of(string(text), string(edit.text())).stream()
                .map(line -> line.replace(wishes.token(), KEPT))
                .toList();
        if (difference.isEmpty()) {
          yield List.of();
        }
        var lines = new ArrayList<String>();
        lines.add((text.isMissing() ? "write   " : "change  ") + layout.settingsFile());
        difference.forEach(line -> lines.add("  " + line));
        if (edit.changes().stream().anyMatch(StatusLineEntry::isOfLine)) {
          lines.add(
              "  statusLine shows Braid"
                  + (text.member("statusLine").isEmpty() ? "" : " behind what it shows now"));
        }
        yield lines;
      }
    };
  }

  private static String string(SettingsText text) {
    return new String(text.bytes(), StandardCharsets.UTF_8);
  }

  @Override
  public List<String> perform() throws IOException {
    Editing.edit(receipt, layout, layout.settingsFile(), layout.settingsBackup(), edit());
    return wishes.hooks() && isAgainst(layout)
        ? List.of(
            layout.settingsFile()
                + " sets "
                + TASK_TOOLS
                + " against task tools; without them no list reaches Braid")
        : List.of();
  }
}

package dev.braid.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.braid.claude.SettingsFile;
import dev.braid.claude.SettingsReading;
import dev.braid.claude.SettingsText;
import dev.braid.config.HookPort;
import dev.braid.config.Places;
import dev.braid.install.HookEntries;
import dev.braid.install.Layout;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Braid's entries in Claude Code's settings, and whether what they send arrives. */
final class HookChecks {
  private static final String REPAIR = "braid install";
  private static final String TASK_TOOLS = "CLAUDE_CODE_ENABLE_TODO_TOOLS";
  private static final List<String> PROXIES = List.of("HTTP_PROXY", "http_proxy", "ALL_PROXY");

  private HookChecks() {}

  static List<Check> of(Patient patient) throws IOException {
    Layout layout = patient.layout();
    return switch (new SettingsFile(layout.settingsFile(), layout.settingsLock()).read()) {
      case SettingsFile.Fault fault ->
          List.of(
              Check.bad("hooks", layout.settingsFile() + ": " + fault.reason(), "mend the file"));
      case SettingsReading.Good(SettingsText text) -> {
        var checks = new ArrayList<Check>();
        checks.add(taskTools(patient, text));
        checks.add(entries(patient, text));
        checks.add(proxy(patient.environment()));
        checks.add(HookProbe.check(patient));
        yield checks;
      }
    };
  }

  private static Check taskTools(Patient patient, SettingsText text) {
    String value =
        text.env(TASK_TOOLS)
            .map(JsonNode::asText)
            .orElse(patient.environment().getOrDefault(TASK_TOOLS, ""));
    return value.equals("1")
        ? Check.good("task tools", "switched on")
        : Check.bad(
            "task tools", TASK_TOOLS + " is not 1: current models have no task tools", REPAIR);
  }

  private static Check entries(Patient patient, SettingsText text) throws IOException {
    if (text.member("disableAllHooks").filter(JsonNode::asBoolean).isPresent()) {
      return Check.bad(
          "hooks", "the settings say disableAllHooks", "take that out of the settings");
    }
    Places places = patient.layout().places();
    if (!Files.exists(places.hookTokenFile())) {
      return Check.bad("hooks", "there is no hook token", REPAIR);
    }
    String token = Files.readString(places.hookTokenFile()).strip();
    int port = HookPort.of(patient.settings(), places.root());
    HookEntries.State state = HookEntries.state(text, port, token, patient.layout().hooks());
    return switch (state) {
      case COMPLETE -> Check.good("hooks", "in place, for port " + port);
      case OTHER -> Check.bad("hooks", "of another version, port or token", REPAIR);
      case NONE -> Check.bad("hooks", "not in " + patient.layout().settingsFile(), REPAIR);
    };
  }

  /** Claude Code sends hooks to a proxy where one is set and 127.0.0.1 is not taken out. */
  private static Check proxy(Map<String, String> environment) {
    String direct =
        (environment.getOrDefault("NO_PROXY", "") + "," + environment.getOrDefault("no_proxy", ""))
            .toLowerCase(Locale.ROOT);
    for (String proxy : PROXIES) {
      boolean isSet = !environment.getOrDefault(proxy, "").isEmpty();
      if (isSet && !direct.contains("127.0.0.1") && !direct.contains("*")) {
        return Check.bad(
            "proxy", proxy + " takes what is for 127.0.0.1", "add 127.0.0.1 to NO_PROXY");
      }
    }
    return Check.good("proxy", "none is in the way");
  }
}

package dev.braid.install;

import dev.braid.config.Places;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where an installation puts its files. Each root has a receipt and a service of its own; the
 * program is shared.
 *
 * @param home folder of the user; absolute
 * @param prefix below which the program goes; {@code ~/.local} unless wished otherwise
 * @param config {@code $XDG_CONFIG_HOME}, else {@code ~/.config}
 * @param data {@code $XDG_DATA_HOME}, else {@code ~/.local/share}: where shells and man look
 * @param places the files of the root
 * @param isMac whether launchd, and not systemd, runs services
 */
public record Layout(Path home, Path prefix, Path config, Path data, Places places, boolean isMac) {
  /**
   * The layout for a user.
   *
   * @param prefix as wished; empty for {@code ~/.local}
   */
  public static Layout of(
      Map<String, String> environment, Path home, Places places, String prefix, String system) {
    return new Layout(
        home,
        prefix.isEmpty() ? home.resolve(".local") : home.resolve(prefix).normalize(),
        absolute(environment.get("XDG_CONFIG_HOME"), home.resolve(".config")),
        absolute(environment.get("XDG_DATA_HOME"), home.resolve(".local/share")),
        places,
        system.toLowerCase(Locale.ROOT).contains("mac"));
  }

  /** A relative folder is ignored, as the specification of these variables asks. */
  private static Path absolute(@Nullable String folder, Path usual) {
    return folder != null && folder.startsWith("/") ? Path.of(folder) : usual;
  }

  /** Everything that is not of one root. Wholly Braid's. */
  public Path share() {
    return prefix.resolve("share/braid");
  }

  /** A link to the version in use. */
  public Path current() {
    return share().resolve("current");
  }

  /** The program as people call it. */
  public Path program() {
    return prefix.resolve("bin/braid");
  }

  /** The scripts that settings name. They stay where they are, whatever version is in use. */
  public Path hooks() {
    return share().resolve("hooks");
  }

  /** What was written for this root. */
  public Path receipt() {
    return receipts().resolve(key() + ".jsonl");
  }

  Path receipts() {
    return share().resolve("receipts");
  }

  /** Claude Code's settings as they were. */
  Path settingsBackup() {
    return share().resolve("backups").resolve(key() + "-settings.json");
  }

  /** Held while settings are changed. */
  public Path settingsLock() {
    return share().resolve("settings.lock");
  }

  /** Claude Code's settings of the user. */
  public Path settingsFile() {
    return places.root().resolve("settings.json");
  }

  public boolean isUsualRoot() {
    return places.root().equals(home.resolve(".claude"));
  }

  /** The name of the service: there is one a root. */
  public String service() {
    return isMac
        ? "dev.braid" + (isUsualRoot() ? "" : "." + key())
        : "braid" + (isUsualRoot() ? "" : "-" + key()) + ".service";
  }

  /** The file that describes the service. */
  public Path serviceFile() {
    return isMac
        ? home.resolve("Library/LaunchAgents").resolve(service() + ".plist")
        : config.resolve("systemd/user").resolve(service());
  }

  private String key() {
    return "%08x".formatted(places.root().toString().hashCode());
  }
}

package dev.braid.daemon;

import dev.braid.config.ConfigReader;
import dev.braid.config.Home;
import dev.braid.config.HookPort;
import dev.braid.config.Places;
import dev.braid.config.Settings;
import dev.braid.run.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The user's settings as the daemon has them: the last good ones stay in force. */
final class Configuration {
  private final ConfigReader reader;
  private final Path root;
  private volatile Settings settings;
  private volatile List<Problem> problems = List.of();

  Configuration(Path home, Places places, Map<String, String> environment) {
    // A session's own wish for a mode comes with its events; that of whoever started us is not one.
    var own = new HashMap<>(environment);
    own.remove(ConfigReader.MODE_VARIABLE);
    this.reader = new ConfigReader(new Home(home, places), own);
    this.root = places.root();
    this.settings = Settings.defaults(places);
    read();
  }

  /** Reads the file again. */
  void read() {
    switch (reader.read(null, Map.of())) {
      case ConfigReader.Loaded loaded -> {
        settings = loaded.settings();
        problems = List.of();
      }
      case ConfigReader.Faulty(Path file, List<String> faults) ->
          problems =
              List.of(
                  new Problem(
                      file
                          + ": "
                          + String.join("; ", faults)
                          + "; the last good settings stay in force",
                      "mend it, and see: braid config validate"));
    }
  }

  Settings settings() {
    return settings;
  }

  /**
   * Those that hold in a folder: its repository may narrow them. While they cannot be used, the
   * user's own.
   */
  Settings settings(Path folder) {
    Path repository = Places.repositoryAround(folder);
    return repository != null
            && Files.exists(Places.projectConfigFile(repository))
            && reader.read(repository, Map.of()) instanceof ConfigReader.Loaded loaded
        ? loaded.settings()
        : settings;
  }

  /** What is wrong with the file. */
  List<Problem> problems() {
    return problems;
  }

  /** The port that is written to Claude Code's settings: chosen, or else from the root's path. */
  int hookPort() {
    return HookPort.of(settings, root);
  }
}

package dev.braid.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.braid.config.ConfigReader;
import dev.braid.config.Places;
import dev.braid.config.Setting;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Reads the settings in force for a call. */
final class LoadedSettings {
  private LoadedSettings() {}

  /** Fails with the exit code for bad configuration when a file cannot be used. */
  static ConfigReader.Loaded read(Invocation invocation, Map<Setting, JsonNode> flags) {
    flags.forEach((setting, value) -> {
      List<String> faults = setting.faults(value);
      if (!faults.isEmpty()) {
        throw new Failed(ExitCode.USAGE, faults.getFirst());
      }
    });
    var reader = new ConfigReader(invocation.home(), invocation.environment());
    return switch (reader.read(Places.repositoryAround(invocation.cwd()), flags)) {
      case ConfigReader.Loaded loaded -> {
        loaded.warnings().forEach(invocation::warn);
        yield loaded;
      }
      case ConfigReader.Faulty(Path file, List<String> problems) ->
          throw new Failed(
              ExitCode.BAD_CONFIG, "reading " + file + ": " + String.join("; ", problems));
    };
  }
}

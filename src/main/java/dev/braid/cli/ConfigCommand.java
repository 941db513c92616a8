package dev.braid.cli;

import dev.braid.config.ConfigSchema;
import dev.braid.config.ConfigText;
import dev.braid.config.Places;
import dev.braid.store.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;

/** {@code braid config}: the settings in force, where they come from, whether they are good. */
@Command(name = "config", description = "Shows and checks the configuration.")
final class ConfigCommand {
  private final Invocation invocation;

  ConfigCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Command(name = "show", description = "The settings in force and where each comes from (JSON).")
  int show() {
    invocation.out().print(Json.pretty(ConfigText.show(LoadedSettings.read(invocation, Map.of()))));
    return ExitCode.GOOD;
  }

  @Command(name = "path", description = "Where the files are.")
  int path() {
    files().forEach(invocation.out()::println);
    return ExitCode.GOOD;
  }

  @Command(name = "validate", description = "Checks the files and names every fault.")
  int validate() {
    ConfigSchema schema = ConfigSchema.load();
    int faults = 0;
    for (Path file : files()) {
      if (Files.exists(file)) {
        List<String> problems = schema.problems(file);
        problems.forEach(problem -> invocation.warn(file + ": " + problem));
        faults += problems.size();
        invocation.out().println(file + (problems.isEmpty() ? ": good" : ": bad"));
      } else {
        invocation.out().println(file + ": not there, the defaults hold");
      }
    }
    return faults == 0 ? ExitCode.GOOD : ExitCode.BAD_CONFIG;
  }

  private List<Path> files() {
    var files = new ArrayList<Path>();
    files.add(invocation.places().configFile());
    Path repository = Places.repositoryAround(invocation.cwd());
    if (repository != null) {
      files.add(Places.projectConfigFile(repository));
    }
    return files;
  }
}

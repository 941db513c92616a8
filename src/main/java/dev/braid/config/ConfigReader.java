package dev.braid.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the configuration. The highest layer that sets a key wins: flag, {@code BRAID_MODE}, file
 * of the project, file of the user, default. A task's own fields stand above all but the flags:
 * {@link TaskSettings}.
 */
public final class ConfigReader {
  /** The variable that sets the mode of one session. */
  public static final String MODE_VARIABLE = "BRAID_MODE";

  /** What became of reading. */
  public sealed interface Outcome permits Loaded, Faulty {}

  /**
   * The settings in force.
   *
   * @param warnings what was ignored, a line each
   * @param origins where each key has its value from; for keys that are objects, each entry, as in
   *     {@code merge_strategies.testing}
   */
  public record Loaded(Settings settings, List<String> warnings, Map<String, String> origins)
      implements Outcome {
    public Loaded {
      warnings = List.copyOf(warnings);
      origins = Map.copyOf(origins);
    }
  }

  /**
   * A file that cannot be used.
   *
   * @param problems a line each, naming key and fault
   */
  public record Faulty(Path file, List<String> problems) implements Outcome {
    public Faulty {
      problems = List.copyOf(problems);
    }
  }

  private final Home home;
  private final Map<String, String> environment;

  public ConfigReader(Home home, Map<String, String> environment) {
    this.home = home;
    this.environment = Map.copyOf(environment);
  }

  /**
   * Reads all layers anew.
   *
   * @param repository whose project file counts; null for none
   * @param flags values from the command line
   * @throws IllegalArgumentException when a flag has a value that {@link Setting#faults} refuses
   */
  public Outcome read(@Nullable Path repository, Map<Setting, ? extends JsonNode> flags) {
    var reading = new Reading();
    Path userFile = home.places().configFile();
    if (!reading.addUserFile(userFile)) {
      return new Faulty(userFile, reading.problems);
    }
    if (repository != null) {
      Path projectFile = Places.projectConfigFile(repository);
      if (!reading.addProjectFile(projectFile)) {
        return new Faulty(projectFile, reading.problems);
      }
    }
    reading.addMode(environment.getOrDefault(MODE_VARIABLE, ""));
    flags.forEach(reading::addFlag);
    return new Loaded(
        SettingsTree.read(reading.values, home::expand),
        reading.warnings,
        reading.values.origins());
  }

  /** One pass over the layers, lowest first. */
  private static final class Reading {
    private final Values values = Values.defaults();
    private final List<String> warnings = new ArrayList<>();
    private List<String> problems = List.of();

    boolean addUserFile(Path file) {
      return switch (JsonFile.read(file)) {
        case JsonFile.Absent() -> true;
        case JsonFile.Broken(String problem) -> refuse(problem);
        case JsonFile.Content(ObjectNode object) -> {
          var findings = new Findings();
          yield add(SettingsTree.flat(object, findings), findings, file);
        }
      };
    }

    boolean addProjectFile(Path file) {
      return switch (JsonFile.read(file)) {
        case JsonFile.Absent() -> true;
        case JsonFile.Broken(String problem) -> refuse(problem);
        case JsonFile.Content(ObjectNode object) -> {
          var findings = new Findings();
          var layer = SettingsTree.flat(object, findings);
          layer.entrySet().removeIf(entry -> isRefused(entry.getKey(), entry.getValue(), findings));
          yield add(layer, findings, file);
        }
      };
    }

    /** Only a good value can be compared with the user's; a bad one stays, to be found. */
    private boolean isRefused(Setting setting, JsonNode value, Findings findings) {
      Narrowing narrowing = setting.narrowing();
      boolean comparable = narrowing == Narrowing.NOTHING || setting.kind().accepts(value);
      if (!comparable || narrowing.allows(setting.kind(), values.get(setting), value)) {
        return false;
      }
      findings.ignored(setting.key(), narrowing.refusal(values.get(setting)));
      return true;
    }

    private boolean add(Map<Setting, JsonNode> layer, Findings findings, Path file) {
      layer.forEach((setting, value) -> setting.kind().check(setting.key(), value, findings));
      findings.warnings().forEach(warning -> warnings.add(file + ": " + warning));
      problems = findings.problems();
      if (findings.hasProblems()) {
        return false;
      }
      values.put(layer, file.toString());
      return true;
    }

    private boolean refuse(String problem) {
      problems = List.of(problem);
      return false;
    }

    void addMode(String mode) {
      var value = TextNode.valueOf(mode);
      if (mode.isEmpty()) {
        return;
      }
      if (Setting.MODE.kind().accepts(value)) {
        values.put(Setting.MODE, value, MODE_VARIABLE);
        return;
      }
      // Whoever sets it wants something else than usual, and doing nothing is never wrong.
      values.put(Setting.MODE, TextNode.valueOf(Mode.OFF.wireName()), MODE_VARIABLE);
      String expected = Setting.MODE.kind().expected();
      warnings.add(
          MODE_VARIABLE
              + ": must be "
              + expected
              + ", is "
              + Findings.shown(value)
              + "; taken as off");
    }

    void addFlag(Setting setting, JsonNode value) {
      List<String> faults = setting.faults(value);
      if (!faults.isEmpty()) {
        throw new IllegalArgumentException("flag not checked: " + faults.getFirst());
      }
      values.put(setting, value, "flag");
    }
  }
}

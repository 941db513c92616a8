package dev.braid.config;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.TreeMap;

/** What {@code braid config show} shows. */
public final class ConfigText {
  private ConfigText() {}

  /**
   * The settings in force, in the shape of the file, with the origin of each key and what was
   * ignored: {@code {"settings": {..}, "origins": {key: origin}, "warnings": [..]}}.
   */
  public static ObjectNode show(ConfigReader.Loaded loaded) {
    ObjectNode shown = JsonNodeFactory.instance.objectNode();
    shown.set("settings", SettingsTree.write(loaded.settings()));
    ObjectNode origins = shown.putObject("origins");
    new TreeMap<>(loaded.origins()).forEach(origins::put);
    loaded.warnings().forEach(shown.putArray("warnings")::add);
    return shown;
  }

  /**
   * The settings that {@link #file} wrote, also in an older version; empty when a value is not one.
   *
   * @param places of the root whose settings they are
   */
  public static Optional<Settings> read(ObjectNode file, Places places) {
    if (!SettingsTree.check(file).problems().isEmpty()) {
      return Optional.empty();
    }
    var values = Values.defaults();
    values.put(SettingsTree.flat(file, new Findings()), "file");
    return Optional.of(SettingsTree.read(values, Home.of(places)::expand));
  }

  /** The file that has these settings, every key in it. */
  public static ObjectNode file(Settings settings) {
    return SettingsTree.write(settings);
  }
}

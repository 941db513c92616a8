package dev.braid.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.task.TaskType;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A good value for each setting, and the layer that each came from. */
final class Values {
  private final Map<Setting, JsonNode> values = new EnumMap<>(Setting.class);
  private final Map<String, String> origins = new TreeMap<>();

  /** The values that hold while no layer says otherwise. */
  static Values defaults() {
    return of(Settings.DEFAULTS, "default");
  }

  static Values of(Settings settings, String origin) {
    var values = new Values();
    values.put(SettingsTree.flat(SettingsTree.write(settings), new Findings()), origin);
    return values;
  }

  /** Puts a layer over what is there: objects entry by entry, all else whole. */
  void put(Map<Setting, JsonNode> layer, String origin) {
    layer.forEach((setting, value) -> put(setting, value, origin));
  }

  void put(Setting setting, JsonNode value, String origin) {
    switch (setting.kind()) {
      case Kind.ByType _ -> putEntries(setting, value, origin, Values::typeName);
      case Kind.ByRepository _ -> putEntries(setting, value, origin, Optional::of);
      case Kind.Flag _, Kind.Whole _, Kind.Decimal _, Kind.Choice _, Kind.Text _ ->
          putWhole(setting, value, origin);
      case Kind.FilePath _, Kind.Program _, Kind.Texts _ -> putWhole(setting, value, origin);
    }
  }

  private void putWhole(Setting setting, JsonNode value, String origin) {
    values.put(setting, value);
    origins.put(setting.key(), origin);
  }

  private void putEntries(
      Setting setting, JsonNode value, String origin, Function<String, Optional<String>> known) {
    JsonNode before = values.get(setting);
    ObjectNode merged =
        before instanceof ObjectNode entries
            ? entries.deepCopy()
            : JsonNodeFactory.instance.objectNode();
    for (var entry : value.properties()) {
      String name = known.apply(entry.getKey()).orElse(null);
      if (name != null) {
        merged.set(name, entry.getValue());
        origins.put(setting.key() + "." + name, origin);
      }
    }
    values.put(setting, merged);
  }

  private static Optional<String> typeName(String name) {
    return TaskType.named(name).map(TaskType::wireName);
  }

  JsonNode get(Setting setting) {
    JsonNode value = values.get(setting);
    if (value == null) {
      throw new IllegalStateException("no value for " + setting.key());
    }
    return value;
  }

  /** The layer of each key; of an object, of each of its entries. */
  Map<String, String> origins() {
    return Map.copyOf(origins);
  }

  boolean flag(Setting setting) {
    return get(setting).booleanValue();
  }

  int whole(Setting setting) {
    return get(setting).intValue();
  }

  double decimal(Setting setting) {
    return get(setting).doubleValue();
  }

  String text(Setting setting) {
    return get(setting).textValue();
  }

  @Nullable String textOrNull(Setting setting) {
    return get(setting).textValue();
  }

  <E extends Enum<E> & WireNamed> E choice(Setting setting, Class<E> type) {
    return WireNamed.named(type, text(setting)).orElseThrow();
  }

  <V> Map<String, V> byType(Setting setting, Function<JsonNode, V> read) {
    var entries = new LinkedHashMap<String, V>();
    forEach(setting, entry -> entries.put(entry.getKey(), read.apply(entry.getValue())));
    return entries;
  }

  <V> Map<Path, V> byRepository(
      Setting setting, Function<String, Path> paths, Function<JsonNode, V> read) {
    var entries = new LinkedHashMap<Path, V>();
    forEach(
        setting, entry -> entries.put(paths.apply(entry.getKey()), read.apply(entry.getValue())));
    return entries;
  }

  private void forEach(Setting setting, Consumer<Map.Entry<String, JsonNode>> action) {
    get(setting).properties().forEach(action);
  }
}

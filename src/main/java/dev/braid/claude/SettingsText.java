package dev.braid.claude;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The text of a settings.json of Claude Code. Edits change only what is Braid's; every other byte
 * stays, also of white space, order and duplicate keys (the last one counts, as in JavaScript).
 * What was added can be taken away so that the text is the same as before, byte for byte.
 *
 * <p>A file that is not there, or has only white space, is like an object without members.
 */
public final class SettingsText {
  static final String HOOKS = "hooks";
  static final String ENV = "env";

  /** Members below which there are edits; both are objects. */
  static final Set<String> LOOKED_INTO = Set.of(HOOKS, ENV);

  /** The byte order mark. */
  static final String MARK = "\uFEFF";

  private final boolean isMissing;

  /** All of a file without an object, else the byte order mark. */
  private final String before;

  private final @Nullable JsonDocument document;

  private SettingsText(boolean isMissing, String before, @Nullable JsonDocument document) {
    this.isMissing = isMissing;
    this.before = before;
    this.document = document;
  }

  /** The text of a file that is not there. */
  public static SettingsText missing() {
    return new SettingsText(true, "", null);
  }

  /** Whether a text is white space of JSON, perhaps after a byte order mark. */
  static boolean isBlank(String text) {
    String rest = text.startsWith(MARK) ? text.substring(MARK.length()) : text;
    return rest.chars().allMatch(each -> " \t\r\n".indexOf(each) >= 0);
  }

  /** The text of a file with no more than white space. */
  static SettingsText blank(String text) {
    return new SettingsText(false, text, null);
  }

  /**
   * The text of a file with an object.
   *
   * @param mark the byte order mark before it; empty for none
   */
  static SettingsText of(String mark, JsonDocument document) {
    return new SettingsText(false, mark, document);
  }

  /** Events that count: of duplicate keys the last. */
  static Collection<JsonPart> events(JsonDocument document) {
    var events = new LinkedHashMap<String, JsonPart>();
    document
        .find(List.of(HOOKS))
        .ifPresent(hooks ->
            hooks.parts().forEach(event -> events.put(String.valueOf(event.name()), event)));
    return events.values();
  }

  /** Whether there is to be no file. */
  public boolean isMissing() {
    return isMissing;
  }

  /** The whole file. */
  public byte[] bytes() {
    return (document == null ? before : before + document.text()).getBytes(StandardCharsets.UTF_8);
  }

  /** A member of the settings. */
  public Optional<JsonNode> member(String name) {
    return value(List.of(name));
  }

  /** A variable that the settings give to sessions. */
  public Optional<JsonNode> env(String name) {
    return value(List.of(ENV, name));
  }

  private Optional<JsonNode> value(List<String> path) {
    return document == null ? Optional.empty() : document.find(path).map(document::value);
  }

  /** The single hooks of an event, of all its groups. */
  public List<JsonNode> hooks(String event) {
    return value(List.of(HOOKS, event)).stream()
        .flatMap(JsonNode::valueStream)
        .map(group -> group.path(HOOKS))
        .filter(JsonNode::isArray)
        .flatMap(JsonNode::valueStream)
        .toList();
  }

  /**
   * Adds groups of hooks behind those that are there; one that is there in equal form is not added
   * again.
   *
   * @param hooks arrays of groups by event, as in settings
   */
  public SettingsEdit addHooks(ObjectNode hooks) {
    SettingsEdit edit = unchanged();
    for (var event : hooks.properties()) {
      for (JsonNode group : event.getValue()) {
        edit = edit.then(text -> text.addGroup(event.getKey(), JsonDocument.normal(group)));
      }
    }
    return edit;
  }

  private SettingsEdit addGroup(String event, JsonNode group) {
    List<String> path = List.of(HOOKS, event);
    Optional<JsonPart> groups = document == null ? Optional.empty() : document.find(path);
    if (document == null || groups.isEmpty()) {
      return put(path, JsonNodeFactory.instance.arrayNode().add(group));
    }
    boolean isThere =
        groups.get().parts().stream().anyMatch(part -> document.value(part).equals(group));
    return isThere ? unchanged() : append(document, groups.get(), path, null, group);
  }

  /**
   * Takes hooks away, and groups of which all are taken away. Then what an install made goes where
   * it is empty; what was empty before stays.
   *
   * @param isOurs says of a single hook whether it is to go
   * @param changes all that installs changed
   */
  public SettingsEdit removeHooks(Predicate<JsonNode> isOurs, List<SettingsChange> changes) {
    if (document == null) {
      return unchanged();
    }
    JsonDocument document = this.document;
    Predicate<JsonPart> isGone = hook -> hook.isObject() && isOurs.test(document.value(hook));
    var removals = new ArrayList<JsonDocument.Removal>();
    for (JsonPart event : events(document)) {
      List<JsonPart> whole =
          event.parts().stream()
              .filter(group -> !hooksOf(group).isEmpty())
              .filter(group -> hooksOf(group).stream().allMatch(isGone))
              .toList();
      if (whole.isEmpty()) {
        removals.addAll(singles(event.parts(), isGone));
      } else {
        // What stays of such an event is taken up in the next round.
        String was = wasInside(List.of(HOOKS, String.valueOf(event.name())), changes);
        removals.add(new JsonDocument.Removal(event, whole::contains, was));
      }
    }
    if (removals.isEmpty()) {
      return with(document).pruned(changes);
    }
    return with(document.remove(removals)).removeHooks(isOurs, changes);
  }

  private static List<JsonDocument.Removal> singles(
      List<JsonPart> groups, Predicate<JsonPart> isGone) {
    return groups.stream()
        .filter(group -> hooksOf(group).stream().anyMatch(isGone))
        .flatMap(group -> group.member(HOOKS).stream())
        .map(array -> new JsonDocument.Removal(array, isGone, ""))
        .toList();
  }

  private static List<JsonPart> hooksOf(JsonPart group) {
    return group.isObject()
        ? group.member(HOOKS).filter(JsonPart::isArray).map(JsonPart::parts).orElse(List.of())
        : List.of();
  }

  /** Gives a variable to sessions. */
  public SettingsEdit setEnv(String name, String value) {
    return put(List.of(ENV, name), TextNode.valueOf(value));
  }

  /** Takes a variable away, and {@code env} when an install made it and it is empty now. */
  public SettingsEdit removeEnv(String name, List<SettingsChange> changes) {
    return remove(List.of(ENV, name), changes);
  }

  /** Makes a variable what it was before; one that no install changed stays. */
  public SettingsEdit restoreEnv(String name, List<SettingsChange> changes) {
    return restore(List.of(ENV, name), changes);
  }

  /**
   * Sets a member of the settings.
   *
   * @param name not {@code hooks} or {@code env}, which have edits of their own
   */
  public SettingsEdit setMember(String name, JsonNode value) {
    return put(ofMember(name), JsonDocument.normal(value));
  }

  /** Takes a member of the settings away. */
  public SettingsEdit removeMember(String name, List<SettingsChange> changes) {
    return remove(ofMember(name), changes);
  }

  /** Makes a member of the settings what it was before; one that no install changed stays. */
  public SettingsEdit restoreMember(String name, List<SettingsChange> changes) {
    return restore(ofMember(name), changes);
  }

  private static List<String> ofMember(String name) {
    if (LOOKED_INTO.contains(name)) {
      throw new IllegalArgumentException(name + " is not edited as a whole");
    }
    return List.of(name);
  }

  /** No edit, to begin a chain of edits with. */
  public SettingsEdit unchanged() {
    return new SettingsEdit(this, List.of());
  }

  private SettingsEdit put(List<String> path, JsonNode value) {
    if (document == null) {
      return begun().then(text -> text.put(path, value));
    }
    Optional<JsonPart> there = document.find(path);
    if (there.isPresent()) {
      JsonPart part = there.get();
      return document.value(part).equals(value)
          ? unchanged()
          : new SettingsEdit(
              with(document.replace(part, value)),
              List.of(change(SettingsChange.Kind.VALUE, path, document.raw(part))));
    }
    List<String> outer = path.subList(0, path.size() - 1);
    SettingsChange made = change(SettingsChange.Kind.MEMBER, path, "");
    Optional<JsonPart> container = document.find(outer);
    SettingsEdit edit =
        container.isPresent()
            ? append(document, container.get(), outer, path.getLast(), value)
            : put(outer, JsonNodeFactory.instance.objectNode().set(path.getLast(), value));
    return edit.then(text -> new SettingsEdit(text, List.of(made)));
  }

  private SettingsEdit append(
      JsonDocument document,
      JsonPart container,
      List<String> path,
      @Nullable String name,
      JsonNode value) {
    String content = document.content(container);
    List<SettingsChange> changes =
        container.parts().isEmpty() && !content.isEmpty()
            ? List.of(change(SettingsChange.Kind.CONTENT, path, content))
            : List.of();
    return new SettingsEdit(with(document.append(container, name, value)), changes);
  }

  /** An object in place of nothing. */
  private SettingsEdit begun() {
    boolean isMarked = before.startsWith(MARK);
    SettingsChange.Kind kind = isMissing ? SettingsChange.Kind.FILE : SettingsChange.Kind.BLANK;
    String end = before.contains("\r\n") ? "\r\n" : "\n";
    try {
      JsonDocument empty = JsonDocument.of("{}" + end, LOOKED_INTO);
      return new SettingsEdit(
          new SettingsText(false, isMarked ? MARK : "", empty),
          List.of(change(kind, List.of(), before)));
    } catch (IOException e) {
      throw new IllegalStateException("reading from memory", e);
    }
  }

  private SettingsEdit restore(List<String> path, List<SettingsChange> changes) {
    Optional<SettingsChange> replaced =
        SettingsChange.find(changes, SettingsChange.Kind.VALUE, path);
    if (replaced.isEmpty()) {
      boolean isMade = SettingsChange.find(changes, SettingsChange.Kind.MEMBER, path).isPresent();
      return isMade ? remove(path, changes) : unchanged();
    }
    Optional<JsonPart> there = document == null ? Optional.empty() : document.find(path);
    return document == null || there.isEmpty()
        ? unchanged()
        : with(document.replace(there.get(), replaced.get().was())).unchanged();
  }

  private SettingsEdit remove(List<String> path, List<SettingsChange> changes) {
    Optional<JsonPart> there = document == null ? Optional.empty() : document.find(path);
    return document == null || there.isEmpty()
        ? unchanged()
        : with(without(document, path, there.get(), changes)).pruned(changes);
  }

  private static JsonDocument without(
      JsonDocument document, List<String> path, JsonPart part, List<SettingsChange> changes) {
    List<String> outer = path.subList(0, path.size() - 1);
    JsonPart container = document.find(outer).orElseThrow();
    String was = wasInside(outer, changes);
    return document.remove(List.of(new JsonDocument.Removal(container, part::equals, was)));
  }

  /** Without what an install made and that is empty now. */
  private SettingsEdit pruned(List<SettingsChange> changes) {
    if (document == null) {
      return unchanged();
    }
    List<List<String>> made =
        changes.stream()
            .filter(change -> change.kind() == SettingsChange.Kind.MEMBER)
            .map(SettingsChange::path)
            .filter(path -> LOOKED_INTO.contains(path.getFirst()))
            .sorted(Comparator.<List<String>>comparingInt(List::size).reversed())
            .toList();
    JsonDocument pruned = document;
    for (List<String> path : made) {
      Optional<JsonPart> part = pruned.find(path);
      if (part.isPresent() && part.get().token().isStructStart() && part.get().parts().isEmpty()) {
        pruned = without(pruned, path, part.get(), changes);
      }
    }
    return (pruned.root().parts().isEmpty() ? emptied(pruned, changes) : with(pruned)).unchanged();
  }

  /** What an object without members was before an install. */
  private SettingsText emptied(JsonDocument empty, List<SettingsChange> changes) {
    if (SettingsChange.find(changes, SettingsChange.Kind.FILE, List.of()).isPresent()) {
      return missing();
    }
    return SettingsChange.find(changes, SettingsChange.Kind.BLANK, List.of())
        .map(change -> blank(change.was()))
        .orElseGet(() -> with(empty));
  }

  private static String wasInside(List<String> path, List<SettingsChange> changes) {
    return SettingsChange.find(changes, SettingsChange.Kind.CONTENT, path)
        .map(SettingsChange::was)
        .orElse("");
  }

  private SettingsText with(JsonDocument changed) {
    return new SettingsText(false, before, changed);
  }

  private static SettingsChange change(SettingsChange.Kind kind, List<String> path, String was) {
    return new SettingsChange(kind, path, was);
  }
}

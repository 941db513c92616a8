package dev.braid.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.config.WireNamed;
import dev.braid.store.Json;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A change of files and registry together. It is written down before it begins, so that one that
 * was interrupted is finished by whoever comes next; each of its steps may be done twice.
 */
sealed interface Move {
  Resource resource();

  /**
   * There is a new one.
   *
   * @param text of its file
   */
  record Create(Resource resource, String text) implements Move {}

  /**
   * Its file is made anew.
   *
   * @param resource with what the new file was made from
   */
  record Renew(Resource resource, String text) implements Move {}

  record Delete(Trash.Deleted deleted) implements Move {
    @Override
    public Resource resource() {
      return deleted.resource();
    }
  }

  /**
   * A deleted one is back.
   *
   * @param id of the deletion
   */
  record Restore(Resource resource, String id) implements Move {}

  record Promote(Resource resource) implements Move {}

  /** Does it, or what is left of it. */
  static void perform(Move move, RegistryFile registry, ResourceFiles files, Trash trash)
      throws IOException {
    ResourceKind kind = move.resource().kind();
    String name = move.resource().name();
    switch (move) {
      case Create(Resource resource, String text) -> {
        if (files.read(kind, name).isEmpty()) {
          files.write(kind, name, text);
        }
        files.show(kind, name);
        registry.add(resource);
      }
      case Renew(Resource resource, String text) -> {
        files.write(kind, name, text);
        registry.find(kind, name).ifPresent(known -> known.row().setAll(resource.row()));
      }
      case Delete(Trash.Deleted deleted) -> {
        trash.label(deleted);
        files.moveOut(kind, name, trash.content(deleted.id()));
        registry.remove(kind, name);
      }
      case Restore(Resource resource, String id) -> {
        files.moveIn(kind, name, trash.content(id));
        registry.add(resource);
      }
      case Promote _ -> {
        files.promote(kind, name);
        registry.remove(kind, name);
      }
    }
  }

  /** What is over once the registry stands on disk. */
  static void tidy(Move move, Trash trash) throws IOException {
    if (move instanceof Restore(_, String id)) {
      trash.remove(id);
    }
  }

  static String write(Move move) {
    ObjectNode node =
        Json.object()
            .put("move", word(move))
            .put("kind", move.resource().kind().wireName())
            .put("text", "");
    switch (move) {
      case Create(_, String text) -> node.put("text", text);
      case Renew(_, String text) -> node.put("text", text);
      case Delete(Trash.Deleted deleted) ->
          node.put("id", deleted.id())
              .put("at", deleted.at().toString())
              .put("reason", deleted.reason());
      case Restore(_, String id) -> node.put("id", id);
      case Promote _ -> {}
    }
    node.set("row", move.resource().row());
    return Json.pretty(node);
  }

  private static String word(Move move) {
    return switch (move) {
      case Create _ -> "create";
      case Renew _ -> "renew";
      case Delete _ -> "delete";
      case Restore _ -> "restore";
      case Promote _ -> "promote";
    };
  }

  /** Null for a text that says of no move. */
  static @Nullable Move read(String text) {
    ObjectNode node = Json.parseObject(text);
    if (node == null || !(node.path("row") instanceof ObjectNode row)) {
      return null;
    }
    Optional<ResourceKind> kind = WireNamed.named(ResourceKind.class, node.path("kind").asText());
    if (kind.isEmpty() || !ResourceName.isSafe(row.path("name").asText())) {
      return null;
    }
    var resource = new Resource(kind.get(), row);
    String id = node.path("id").asText();
    String move = node.path("move").asText();
    boolean needsId = move.equals("delete") || move.equals("restore");
    if (needsId && !isName(id)) {
      return null;
    }
    try {
      return switch (move) {
        case "create" -> new Create(resource, node.path("text").asText());
        case "renew" -> new Renew(resource, node.path("text").asText());
        case "delete" ->
            new Delete(
                new Trash.Deleted(
                    id,
                    resource,
                    Instant.parse(node.path("at").asText()),
                    node.path("reason").asText()));
        case "restore" -> new Restore(resource, id);
        case "promote" -> new Promote(resource);
        default -> null;
      };
    } catch (DateTimeException _) {
      return null;
    }
  }

  /** Whether a deletion can be called so: its folder is. */
  private static boolean isName(String id) {
    return !id.isEmpty()
        && !id.contains("/")
        && !id.startsWith(".")
        && id.codePoints().noneMatch(Character::isISOControl);
  }
}

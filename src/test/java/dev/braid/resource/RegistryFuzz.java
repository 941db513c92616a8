package dev.braid.resource;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.config.Places;
import dev.braid.fuzz.Bounds;
import dev.braid.fuzz.Lines;
import dev.braid.fuzz.Scratch;
import dev.braid.store.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

class RegistryFuzz {
  private static final Path FOLDER = Scratch.folder();
  private static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");
  private static final String NEW = "only-made-by-this-test";

  /** The registry, and a change of it that was interrupted. */
  @FuzzTest
  void a_registry_keeps_what_it_does_not_know_and_is_never_overwritten(byte[] bytes)
      throws IOException {
    Path root = FOLDER.resolve("root");
    Trees.delete(root);
    var places = new Places(root);
    Path file = places.registryFile();
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    List<byte[]> parts = Scratch.parts(bytes);
    Files.write(file, parts.getFirst());
    RegistryFile before = Bounds.within(() -> RegistryFile.read(file));
    if (parts.size() > 1) {
      assertMove(Scratch.text(parts.get(1)));
      Path pending = file.resolveSibling("temp-skills-registry.pending.json");
      Files.write(pending, parts.get(1));
    }
    var warnings = new ArrayList<String>();
    var registry = new Registry(places, InstantSource.fixed(NOW), warnings::add);
    before.all(ResourceKind.SKILL).forEach(RegistryFuzz::assertDecided);

    RegistryFile after =
        Bounds.within(() ->
            registry.change(session -> {
              session.content().add(NewRow.of(ResourceKind.SKILL, NEW, "", List.of(), "test", NOW));
              session.save();
              return RegistryFile.read(file);
            }));

    warnings.forEach(Lines::assertFit);
    assertThat(after.damage()).isNull();
    assertThat(after.find(ResourceKind.SKILL, NEW)).isPresent();
    try (var files = Files.list(FOLDER)) {
      assertThat(files).containsExactly(root);
    }
    if (before.damage() != null) {
      Path aside = file.resolveSibling(file.getFileName() + ".corrupt-" + NOW.toEpochMilli());
      assertThat(Files.readAllBytes(aside)).isEqualTo(parts.getFirst());
    } else if (parts.size() == 1) {
      assertKept(before.root(), after.root());
    }
  }

  private static void assertKept(ObjectNode before, ObjectNode after) {
    for (var field : before.properties()) {
      JsonNode now = after.path(field.getKey());
      if (field.getValue().isArray()) {
        assertThat(now.valueStream().limit(field.getValue().size()).toList())
            .isEqualTo(field.getValue().valueStream().toList());
      } else if (!field.getValue().isNull()) {
        assertThat(now).isEqualTo(field.getValue());
      }
    }
  }

  private static void assertDecided(Resource resource) {
    assertThat(KeepOrDelete.of(resource, NOW, 30, () -> false).reason()).isNotEmpty();
    assertThat(resource.details()).doesNotContainNull();
    assertThat(FOLDER.resolve(resource.name()).getParent()).isEqualTo(FOLDER);
  }

  private static void assertMove(String text) {
    Move move = Move.read(text);
    if (move != null) {
      assertThat(Move.read(Move.write(move))).isEqualTo(move);
    }
  }
}

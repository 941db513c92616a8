package dev.braid.resource;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.store.AtomicFile;
import dev.braid.store.AtomicFile.Durability;
import dev.braid.store.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The registry as others, damage and interruptions leave it. */
class RegistryTest extends ResourcesOfTest {
  @Test
  void unknown_fields_and_rows_of_another_shape_are_kept() throws IOException {
    writeRegistry(
        "{\"version\":9,\"temporary_skills\":[\"old\",{\"name\":\"a\",\"mine\":{\"x\":[1]}},7],"
            + "\"temporary_agents\":null}");

    create(SKILL);
    resources.mark(new Named(ResourceKind.SKILL, "a"), true);

    ObjectNode now = registry();
    assertThat(now.path("version").asInt()).isEqualTo(9);
    assertThat(now.at("/temporary_skills/0").asText()).isEqualTo("old");
    assertThat(now.at("/temporary_skills/1/mine/x/0").asInt()).isEqualTo(1);
    assertThat(now.at("/temporary_skills/1/user_marked_useful").asBoolean()).isTrue();
    assertThat(now.at("/temporary_skills/3/name").asText()).isEqualTo("graphql");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{\"temporary_skills\":[{\"name\":\"gra",
        "[]",
        "\u0000\u0001",
        "{\"temporary_skills\":\"none\"}",
        "{\"temporary_agents\":{\"a\":1}}"
      })
  void a_damaged_registry_is_put_aside_and_made_anew_from_the_files(String text)
      throws IOException {
    create(SKILL);
    writeRegistry(text);

    assertThat(resources.all()).extracting(Resource::name).containsExactly("graphql");
    create(AGENT);

    assertThat(resources.all()).extracting(Resource::name).containsExactly("graphql", "deployer");
    assertThat(resources.find(SKILL).orElseThrow().description()).isEqualTo("Does its work");
    Path aside =
        places
            .registryFile()
            .resolveSibling("temp-skills-registry.json.corrupt-" + now.toEpochMilli());
    assertThat(aside).hasContent(text);
    assertThat(warnings).last().asString().contains("put aside as " + aside.getFileName());
  }

  @Test
  void the_example_of_the_policy_loads_as_it_is() throws IOException {
    JsonNode example =
        Objects.requireNonNull(
            Json.parseObject(
                Files.readString(Path.of("src/test/resources/registry/policy-example.json"))));
    writeRegistry(Json.pretty(example));

    Resource skill = resources.all().getFirst();

    assertThat(skill.name()).isEqualTo("graphql-migration-expert");
    assertThat(skill.usageCount()).isEqualTo(1);
    assertThat(skill.lastUsed()).isPresent();
    assertThat(cleanUp().decide())
        .extracting(each -> each.what().reason())
        .allMatch(reason -> reason.matches("Not used in 28\\d days"));
    assertThat(warnings).isEmpty();
  }

  @Test
  void a_bad_byte_in_an_interrupted_change_or_in_the_trash_stops_nothing() throws IOException {
    create(SKILL);
    resources.delete(new Named(ResourceKind.SKILL, "graphql"), "x", InUse.NOTHING);
    byte[] bad = {'{', (byte) 0xE4, '}'};
    Files.write(places.registryFile().resolveSibling("temp-skills-registry.pending.json"), bad);
    Files.write(Files.createDirectories(places.trash().resolve("a")).resolve("deleted.json"), bad);

    create(AGENT);

    assertThat(resources.all()).extracting(Resource::name).containsExactly("deployer");
    assertThat(resources.deleted()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"create", "delete", "restore", "promote", "renew"})
  void what_was_interrupted_is_finished_by_the_next_change(String verb) throws IOException {
    create(SKILL, "One");
    Resource before = resources.find(SKILL).orElseThrow();
    String text = resources.text(SKILL).orElseThrow();
    Move move =
        switch (verb) {
          case "create" -> new Move.Create(before, text);
          case "delete" -> new Move.Delete(new Trash.Deleted("skill-graphql-1", before, now, "x"));
          case "restore" -> new Move.Restore(before, deleted());
          case "promote" -> new Move.Promote(before);
          default -> new Move.Renew(NewRow.rendered(before, "v2", "NEW"), "NEW");
        };
    if (verb.equals("create")) {
      Files.delete(places.skills().resolve("graphql"));
      Files.delete(places.registryFile());
    }
    Path pending = places.registryFile().resolveSibling("temp-skills-registry.pending.json");
    AtomicFile.write(pending, Move.write(move), Durability.PROGRAM);

    resources.recover();

    assertThat(pending).doesNotExist();
    Path seen = places.skills().resolve("graphql/SKILL.md");
    boolean isListed = resources.find(SKILL).isPresent();
    switch (verb) {
      case "delete" -> {
        assertThat(seen).doesNotExist();
        assertThat(isListed).isFalse();
        assertThat(why(resources.restore(SKILL))).isEqualTo("done");
        assertThat(seen).hasContent(text);
      }
      case "promote" -> {
        assertThat(isListed).isFalse();
        assertThat(Files.isSymbolicLink(seen.getParent())).isFalse();
        assertThat(seen).hasContent(text);
      }
      case "renew" -> assertThat(seen).hasContent("NEW");
      default -> {
        assertThat(isListed).isTrue();
        assertThat(seen).hasContent(text);
      }
    }
  }

  private String deleted() throws IOException {
    resources.delete(SKILL, "a test", InUse.NOTHING);
    return new Trash(places.trash()).newest(ResourceKind.SKILL, "graphql").orElseThrow().id();
  }

  @Test
  void the_trash_is_emptied_after_as_long_again() throws IOException {
    create(SKILL);
    now = now.plus(Duration.ofDays(30));
    cleanUp().run();
    now = now.plus(Duration.ofDays(30));
    cleanUp().run();
    assertThat(new Trash(places.trash()).all()).hasSize(1);

    now = now.plusSeconds(1);
    cleanUp().run();

    assertThat(new Trash(places.trash()).all()).isEmpty();
  }
}

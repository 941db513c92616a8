package dev.braid.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.config.Places;
import dev.braid.store.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Temporary skills and agents below a folder, with a clock of the test's own. */
abstract class ResourcesOfTest {
  static final Named SKILL = new Named(ResourceKind.SKILL, "graphql");
  static final Named AGENT = new Named(ResourceKind.AGENT, "deployer");

  @TempDir Path folder = Path.of("");
  Instant now = Instant.parse("2026-11-27T12:00:00Z");
  final List<String> warnings = new ArrayList<>();
  Places places = new Places(folder);
  Resources resources = open();

  Resources open() {
    return new Resources(places, () -> now, warnings::add);
  }

  @BeforeEach
  void useTheFolder() {
    places = new Places(folder.resolve("root"));
    resources = open();
  }

  Answer create(Named named, String... details) throws IOException {
    return resources.create(
        new Wanted(
            named.kind(), named.name(), "Does its work", List.of(details), folder, "a test"));
  }

  ObjectNode registry() throws IOException {
    return Objects.requireNonNull(Json.parseObject(Files.readString(places.registryFile())));
  }

  void writeRegistry(String text) throws IOException {
    Files.createDirectories(places.registryFile().resolveSibling("."));
    Files.writeString(places.registryFile(), text);
  }

  static String why(Answer answer) {
    return answer instanceof Answer.Refused(String why) ? why : "done";
  }

  CleanUp cleanUp() {
    return new CleanUp(resources, 30, InUse.NOTHING);
  }
}

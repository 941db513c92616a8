package dev.braid.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.braid.cli.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Registry, files, links and trash of temporary skills and agents say the same. */
record RegistryCheck(Path root) {
  private JsonNode registry() throws IOException {
    Path file = root.resolve("memory/temp/temp-skills-registry.json");
    return Ended.json(Files.exists(file) ? Files.readString(file) : "{}");
  }

  private List<String> rows(String kind) throws IOException {
    var names = new ArrayList<String>();
    registry().path(kind).forEach(row -> names.add(row.path("name").asText()));
    return names;
  }

  /** How often one was used; -1 when there is none. */
  int uses(String kind, String name) throws IOException {
    for (JsonNode row : registry().path(kind)) {
      if (row.path("name").asText().equals(name)) {
        return row.path("usage_count").asInt();
      }
    }
    return -1;
  }

  void all() throws IOException {
    assertThat(root.resolve("memory/temp/temp-skills-registry.pending.json")).doesNotExist();
    assertThat(names("skills/temp"))
        .as("folders of skills and rows")
        .containsExactlyInAnyOrderElementsOf(rows("temporary_skills"));
    assertThat(names("agents/temp").stream().map(name -> name.replace(".md", "")).toList())
        .as("files of agents and rows")
        .containsExactlyInAnyOrderElementsOf(rows("temporary_agents"));
    for (String skill : rows("temporary_skills")) {
      Path folder = root.resolve("skills/temp").resolve(skill);
      assertThat(folder.resolve("skill.md")).isNotEmptyFile();
      assertThat(folder.resolve("SKILL.md")).isSymbolicLink().exists();
      assertThat(root.resolve("skills").resolve(skill)).isSymbolicLink().exists();
    }
    for (String name : names("skills")) {
      Path skill = root.resolve("skills").resolve(name);
      assertThat(skill).as("no link leads nowhere").exists();
    }
    for (String name : names("memory/temp/trash")) {
      Path deleted = root.resolve("memory/temp/trash").resolve(name);
      assertThat(deleted.resolve("deleted.json")).isNotEmptyFile();
      assertThat(deleted.resolve("content")).exists();
    }
  }

  /** Where a skill is: {@code temporary}, {@code deleted}, {@code permanent} or {@code nowhere}. */
  String place(String skill) throws IOException {
    boolean isTemporary = rows("temporary_skills").contains(skill);
    boolean isPermanent =
        Files.isDirectory(root.resolve("skills").resolve(skill), LinkOption.NOFOLLOW_LINKS);
    boolean isDeleted =
        names("memory/temp/trash").stream().anyMatch(name -> name.startsWith("skill-" + skill));
    assertThat(Stream.of(isTemporary, isPermanent, isDeleted).filter(each -> each))
        .as("places where %s is", skill)
        .hasSizeLessThanOrEqualTo(1);
    return isTemporary
        ? "temporary"
        : isPermanent ? "permanent" : isDeleted ? "deleted" : "nowhere";
  }

  /** Names in a folder, without hidden files and the folder of what is temporary. */
  private List<String> names(String folder) throws IOException {
    Path path = root.resolve(folder);
    if (!Files.isDirectory(path)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(path)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> !name.startsWith(".") && !name.equals("temp"))
          .toList();
    }
  }
}

package dev.braid.resource;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is made, kept and deleted. */
class ResourcesTest extends ResourcesOfTest {
  @Test
  void a_skill_is_where_claude_code_sees_it() throws IOException {
    create(SKILL, "Make a schema", "Generate resolvers");

    Path seen = places.skills().resolve("graphql");
    assertThat(Files.readSymbolicLink(seen)).isEqualTo(Path.of("temp/graphql"));
    assertThat(Files.readSymbolicLink(seen.resolve("SKILL.md"))).isEqualTo(Path.of("skill.md"));
    assertThat(seen.resolve("SKILL.md"))
        .content()
        .startsWith("---\nname: graphql\ndescription: \"Does its work\"\n---\n")
        .contains("\n- Make a schema\n- Generate resolvers\n");
    assertThat(registry().at("/temporary_skills/0/capabilities").size()).isEqualTo(2);
  }

  @Test
  void an_agent_names_its_tools() throws IOException {
    create(AGENT, "Bash", "Read", "Bash(git *)");

    assertThat(places.temporaryAgents().resolve("deployer.md"))
        .content()
        .startsWith(
            "---\nname: deployer\ndescription: \"Does its work\"\ntools: Bash, Read, Bash(git *)\n---\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", ".", "..", "../x", "a/b", "A", "-a", "a-", "a b", "temp", "claude", "é", "a.b"
      })
  void a_name_that_could_be_a_path_or_is_reserved_is_refused(String name) throws IOException {
    assertThat(why(create(new Named(ResourceKind.SKILL, name)))).contains("name");
    assertThat(places.root()).doesNotExist();
  }

  @Test
  void a_name_may_have_64_characters() throws IOException {
    assertThat(why(create(new Named(ResourceKind.AGENT, "a".repeat(64))))).isEqualTo("done");
    assertThat(why(create(new Named(ResourceKind.AGENT, "a".repeat(65))))).contains("at most 64");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "skills/graphql/SKILL.md",
        "skills/graphql/notes.txt",
        "skills/temp/graphql/other.txt",
        "commands/graphql.md"
      })
  void what_has_the_name_already_is_left_alone(String file) throws IOException {
    Path there = places.root().resolve(file);
    Files.createDirectories(there.resolveSibling("."));
    Files.writeString(there, "mine");

    assertThat(why(create(SKILL))).contains("already", "left alone");
    assertThat(there).hasContent("mine");
    assertThat(places.registryFile()).doesNotExist();
  }

  @Test
  void a_link_that_leads_nowhere_is_left_alone() throws IOException {
    Files.createDirectories(places.skills());
    Files.createSymbolicLink(places.skills().resolve("graphql"), folder.resolve("gone"));

    assertThat(why(create(SKILL))).contains("left alone");
  }

  @Test
  void a_plugin_of_that_name_or_with_such_a_skill_is_left_alone() throws IOException {
    Path plugin = folder.resolve("plugin");
    Files.createDirectories(plugin.resolve("skills/ps"));
    Files.writeString(plugin.resolve("skills/ps/SKILL.md"), "---\nname: ps\n---\nP");
    Files.createDirectories(places.root().resolve("plugins"));
    Files.writeString(
        places.root().resolve("plugins/installed_plugins.json"),
        "{\"version\":2,\"plugins\":{\"graphql@m\":[{\"installPath\":\"" + plugin + "\"}]}}");

    assertThat(why(create(SKILL))).contains("left alone");
    assertThat(why(create(new Named(ResourceKind.SKILL, "ps")))).contains("left alone");
    assertThat(resources.existing(new Named(ResourceKind.SKILL, "graphql:ps"), folder)).isPresent();
  }

  @ParameterizedTest
  @EnumSource(ResourceKind.class)
  void what_claude_code_brings_along_is_left_alone(ResourceKind kind) throws IOException {
    String name = kind == ResourceKind.SKILL ? "code-review" : "general-purpose";
    assertThat(why(create(new Named(kind, name)))).contains("left alone");
  }

  @Test
  void a_template_of_the_users_own_wins_and_must_be_good() throws IOException {
    Path own = places.templates().resolve("skill.md");
    Files.createDirectories(places.templates());
    Files.writeString(own, "---\nname: {{name}}\ndescription: {{description}}\n---\nMINE");
    create(SKILL);
    assertThat(resources.text(SKILL).orElseThrow()).endsWith("MINE");

    Files.writeString(own, "{{#name}}");
    assertThat(failure(new Named(ResourceKind.SKILL, "b"))).contains("template", own.toString());
    Files.writeString(own, "no head");
    assertThat(failure(new Named(ResourceKind.SKILL, "b"))).contains("name and description");
  }

  private String failure(Named named) {
    try {
      return why(create(named));
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
  }

  @Test
  void a_changed_template_renews_what_nobody_edited() throws IOException {
    create(SKILL, "One");
    create(AGENT);
    Path edited = resources.file(AGENT);
    Files.writeString(edited, Files.readString(edited) + "mine\n");
    Files.createDirectories(places.templates());
    for (String kind : List.of("skill", "agent")) {
      Files.writeString(
          places.templates().resolve(kind + ".md"),
          "---\nname: {{name}}\ndescription: {{description_quoted}}\n---\nNEW {{details_line}}");
    }

    List<Resource> left = cleanUp().renew();

    assertThat(resources.text(SKILL).orElseThrow()).endsWith("NEW One");
    assertThat(edited).content().endsWith("mine\n");
    assertThat(left).extracting(Resource::name).containsExactly("deployer");
    assertThat(resources.isEdited(resources.find(SKILL).orElseThrow())).isFalse();
  }

  @Test
  void what_was_deleted_is_restored_as_it_was() throws IOException {
    create(SKILL, "One");
    Files.writeString(resources.file(SKILL).resolveSibling("more.txt"), "more");
    ObjectNode row = registry();
    String text = resources.text(SKILL).orElseThrow();

    resources.delete(SKILL, "a test", InUse.NOTHING);
    assertThat(places.skills().resolve("graphql")).doesNotExist();
    assertThat(Files.exists(places.skills().resolve("graphql"), LinkOption.NOFOLLOW_LINKS))
        .isFalse();
    assertThat(registry().at("/temporary_skills").isEmpty()).isTrue();
    resources.restore(SKILL);

    assertThat(registry()).isEqualTo(row);
    assertThat(places.skills().resolve("graphql/SKILL.md")).hasContent(text);
    assertThat(resources.file(SKILL).resolveSibling("more.txt")).hasContent("more");
    assertThat(places.trash()).isEmptyDirectory();
  }

  @Test
  void the_last_deletion_is_restored_and_nothing_is_overwritten() throws IOException {
    create(SKILL, "First");
    resources.delete(SKILL, "a test", InUse.NOTHING);
    now = now.plusSeconds(1);
    create(SKILL, "Second");
    assertThat(why(resources.restore(SKILL))).contains("again already");

    resources.delete(SKILL, "a test", InUse.NOTHING);
    resources.restore(SKILL);

    assertThat(resources.text(SKILL).orElseThrow()).contains("- Second");
  }

  @Test
  void what_a_running_task_needs_is_not_deleted() throws IOException {
    create(AGENT);
    now = now.plus(Duration.ofDays(40));
    InUse inUse = () -> Set.of(AGENT);

    assertThat(why(resources.delete(AGENT, "a test", inUse))).contains("not done needs");
    var decided = new CleanUp(resources, 30, inUse).run();

    assertThat(decided.getFirst().what().reason()).isEqualTo("A task that is not done needs it");
    assertThat(resources.file(AGENT)).exists();
  }

  @Test
  void a_promoted_one_is_the_users_own() throws IOException {
    create(SKILL);
    create(AGENT);
    String text = resources.text(SKILL).orElseThrow();

    resources.promote(SKILL);
    resources.promote(AGENT);

    Path skill = places.skills().resolve("graphql/SKILL.md");
    assertThat(skill).hasContent(text);
    assertThat(Files.isSymbolicLink(skill)).isFalse();
    assertThat(Files.isSymbolicLink(skill.getParent())).isFalse();
    assertThat(places.agents().resolve("deployer.md")).exists();
    assertThat(resources.all()).isEmpty();
    assertThat(why(create(SKILL))).contains("left alone");
  }

  @Test
  void links_are_never_followed_out_of_the_temporary_folders() throws IOException {
    Path outside = Files.createDirectories(folder.resolve("outside"));
    Files.writeString(outside.resolve("skill.md"), "---\nname: graphql\n---\nmine");
    Files.createDirectories(places.temporarySkills());
    Files.createSymbolicLink(places.temporarySkills().resolve("graphql"), outside);
    writeRegistry(
        "{\"temporary_skills\":[{\"name\":\"graphql\",\"created\":\"2020-01-01T00:00:00\"}]}");

    assertThat(resources.text(SKILL)).isEmpty();
    cleanUp().run();

    assertThat(outside.resolve("skill.md")).content().endsWith("mine");
    assertThat(places.temporarySkills()).isEmptyDirectory();
  }

  @Test
  void a_temporary_folder_that_is_a_link_is_not_written_to() throws IOException {
    Path outside = Files.createDirectories(folder.resolve("outside"));
    Files.createDirectories(places.skills());
    Files.createSymbolicLink(places.temporarySkills(), outside);

    assertThat(failure(SKILL)).contains("is a link");
    assertThat(outside).isEmptyDirectory();
  }

  @Test
  void a_row_that_names_a_path_moves_nothing() throws IOException {
    Path victim = places.root().resolve("CLAUDE.md");
    Files.createDirectories(places.temporarySkills());
    Files.writeString(victim, "mine");
    writeRegistry(
        "{\"temporary_skills\":[{\"name\":\"../../CLAUDE.md\",\"created\":\"2020-01-01T00:00:00\"}]}");

    var decided = cleanUp().run();

    assertThat(decided).isEmpty();
    assertThat(victim).hasContent("mine");
  }

  @Test
  void a_use_in_a_run_counts_once_and_in_sessions_each_time() throws IOException {
    create(SKILL);
    var use = new Use(ResourceKind.SKILL, "graphql", "run-1", "task a 1");

    resources.count(List.of(use, use));
    resources.count(List.of(use, new Use(ResourceKind.SKILL, "graphql", "run-1", "toolu_1")));
    now = now.plusSeconds(60);
    resources.count(List.of(Use.inSession(ResourceKind.SKILL, "graphql")));
    resources.count(List.of(Use.inSession(ResourceKind.AGENT, "graphql")));

    Resource counted = resources.find(SKILL).orElseThrow();
    assertThat(counted.usageCount()).isEqualTo(3);
    assertThat(counted.lastUsed()).contains(now);
    assertThat(counted.row().at("/runs/0/uses").size()).isEqualTo(2);
  }

  @Test
  void the_registry_says_why_something_was_kept() throws IOException {
    create(SKILL);
    cleanUp().run();

    assertThat(registry().at("/temporary_skills/0/keep_reason").asText())
        .isEqualTo("Recently used - might be needed again");
  }

  @Test
  void what_says_the_same_as_a_skill_of_the_users_own_is_redundant() throws IOException {
    Files.createDirectories(places.skills().resolve("graphql-work"));
    Files.writeString(
        places.skills().resolve("graphql-work/SKILL.md"),
        "---\nname: x\ndescription: Does its work, its work\n---\n");
    create(SKILL);
    now = now.plus(Duration.ofDays(8));

    assertThat(cleanUp().decide().getFirst().what().reason()).contains("Redundant");
  }
}

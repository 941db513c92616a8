package dev.braid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.config.Places;
import dev.braid.resource.ResourceKind;
import dev.braid.resource.Resources;
import dev.braid.resource.Wanted;
import dev.braid.store.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code braid skill}, {@code agent} and {@code cleanup}. */
@Execution(ExecutionMode.CONCURRENT)
class ResourcesIT {
  /** Commands at a time: each is a JVM. */
  private static final int AT_A_TIME = 40;

  @RegisterExtension final TempRoot root = new TempRoot();

  private Path registryFile() {
    return root.path().resolve("memory/temp/temp-skills-registry.json");
  }

  private ObjectNode registry() throws IOException {
    return Objects.requireNonNull(Json.parseObject(Files.readString(registryFile())));
  }

  private void create(String kind, String name) {
    root.run(kind, "create", name, "--description", "Work on " + name).expectExit(0);
  }

  /** Sets how often and when the skills of the registry were used last. */
  private void used(String name, int uses, Duration ago) throws IOException {
    ObjectNode registry = registry();
    for (JsonNode row : registry.path("temporary_skills")) {
      if (row.path("name").asText().equals(name) && row instanceof ObjectNode object) {
        object.put("usage_count", uses).put("last_used", Instant.now().minus(ago).toString());
      }
    }
    Files.writeString(registryFile(), Json.pretty(registry));
  }

  private String decision(String name, String... arguments) {
    for (JsonNode decided : root.run(arguments).expectExit(0).json()) {
      if (decided.path("name").asText().equals(name)) {
        return decided.path("decision").asText() + ": " + decided.path("reason").asText();
      }
    }
    return "not there";
  }

  @Test
  void each_rule_of_keep_or_delete_holds_at_its_boundary() throws IOException {
    Files.createDirectories(root.path().resolve("skills/own"));
    Files.writeString(
        root.path().resolve("skills/own/SKILL.md"),
        "---\nname: own\ndescription: Writes the release notes of our product\n---\nx");
    Duration minute = Duration.ofMinutes(1);
    Duration week = Duration.ofDays(7);
    Duration month = Duration.ofDays(30);
    for (String name : List.of("three", "two-young", "two", "once-young", "once-old", "never")) {
      create("skill", name);
    }
    for (String name : List.of("almost-month", "month", "over-month", "marked")) {
      create("skill", name);
    }
    root.run(
            "skill",
            "create",
            "same",
            "--description",
            "writes own the release notes of our product")
        .expectExit(0);
    used("three", 3, Duration.ofDays(400));
    used("two-young", 2, week.minus(minute));
    used("two", 2, week.plus(minute));
    used("once-young", 1, week.minus(minute));
    used("once-old", 1, week.plus(minute));
    used("never", 0, week.plus(minute));
    used("almost-month", 2, month.minus(minute));
    used("month", 2, month);
    used("over-month", 0, month.plus(minute));
    used("marked", 1, Duration.ofDays(400));
    root.run("skill", "keep", "marked").expectExit(0);
    used("same", 2, week.plus(minute));

    List<String> dry = decisions("cleanup", "--dry-run", "--json");
    List<String> done = decisions("cleanup", "--json");

    assertThat(done)
        .containsExactlyInAnyOrder(
            "three keep: Used 3 times - shows value",
            "two-young keep: Recently used - might be needed again",
            "two keep: Pending further usage data",
            "once-young keep: Recently used - might be needed again",
            "once-old delete: One-time use, no recent activity",
            "never keep: Pending further usage data",
            "almost-month keep: Pending further usage data",
            "month delete: Not used in 30 days",
            "over-month delete: Not used in 30 days",
            "marked keep: User marked as useful",
            "same delete: Redundant with existing skill/agent");
    assertThat(dry).isEqualTo(done);
    assertThat(root.path().resolve("skills/temp/month")).doesNotExist();
    assertThat(root.path().resolve("skills/temp/marked/skill.md")).exists();
    assertThat(root.path().resolve("skills/own/SKILL.md")).exists();
    assertThat(decision("month", "skill", "list", "--json")).isEqualTo("not there");
    root.run("skill", "unkeep", "marked").expectExit(0);
    assertThat(decision("marked", "cleanup", "--json")).isEqualTo("delete: Not used in 400 days");
  }

  private List<String> decisions(String... arguments) {
    var decisions = new ArrayList<String>();
    for (JsonNode each : root.run(arguments).expectExit(0).json()) {
      decisions.add(
          each.path("name").asText()
              + " "
              + each.path("decision").asText()
              + ": "
              + each.path("reason").asText());
    }
    return decisions;
  }

  @Test
  void a_deleted_skill_is_restored_with_the_identical_file_and_row() throws IOException {
    create("skill", "notes");
    used("notes", 2, Duration.ofDays(3));
    String registry = Files.readString(registryFile());
    Path file = root.path().resolve("skills/notes/SKILL.md");
    byte[] text = Files.readAllBytes(file);

    root.run("skill", "delete", "notes").expectExit(0);
    assertThat(file).doesNotExist();
    root.run("skill", "show", "notes").expectRefusal(ExitCode.BAD_INPUT);
    root.run("skill", "restore", "notes").expectExit(0);

    assertThat(registryFile()).hasContent(registry);
    assertThat(file).hasBinaryContent(text);
    root.run("skill", "restore", "notes").expectRefusal(ExitCode.BAD_INPUT);
  }

  @Test
  void many_commands_at_once_leave_a_registry_with_every_effect() throws Exception {
    int count = Thorough.choose(10, 50);
    IntStream.range(0, count).forEach(i -> createHere("old-" + i));
    var calls = new ArrayList<Callable<Ended>>();
    for (int i = 0; i < count; i++) {
      int number = i;
      calls.add(() -> root.run("skill", "create", "new-" + number, "--description", "New"));
      calls.add(() -> root.run("agent", "create", "new-" + number, "--description", "New"));
      if (i % 2 == 0) {
        calls.add(() -> root.run("skill", "keep", "old-" + number));
        calls.add(() -> root.run("agent", "list", "--json"));
      } else {
        calls.add(() -> root.run("skill", "delete", "old-" + number));
        calls.add(() -> root.run("skill", "delete", "old-" + number));
      }
    }

    var good = new ArrayList<Ended>();
    var bad = new ArrayList<Ended>();
    try (var threads = Executors.newFixedThreadPool(AT_A_TIME)) {
      for (var ended : threads.invokeAll(calls)) {
        (ended.get().exit() == ExitCode.GOOD ? good : bad).add(ended.get());
      }
    }

    assertThat(bad)
        .hasSize(count / 2)
        .allMatch(ended -> ended.err().contains("there is no temporary skill old-"));
    assertThat(good).hasSize(calls.size() - count / 2);
    var skills = new TreeSet<String>();
    for (JsonNode row : registry().path("temporary_skills")) {
      String name = row.path("name").asText();
      assertThat(skills.add(name)).as(name).isTrue();
      assertThat(root.path().resolve("skills/" + name + "/SKILL.md")).exists();
      boolean isMarked = row.path("user_marked_useful").asBoolean();
      assertThat(isMarked).as(name).isEqualTo(name.startsWith("old-"));
    }
    assertThat(skills)
        .hasSize(count + count / 2)
        .doesNotContain("old-1", "old-" + (count - 1))
        .contains("old-" + (count - 2), "new-" + (count - 1));
    assertThat(registry().path("temporary_agents").size()).isEqualTo(count);
    assertThat(root.path().resolve("memory/temp/trash")).isDirectoryContaining("glob:**skill-old*");
  }

  /** In this program: the commands that count are those at once. */
  private void createHere(String name) {
    try {
      new Resources(new Places(root.path()), Instant::now, _ -> {})
          .create(new Wanted(ResourceKind.SKILL, name, "Old", List.of(), root.work(), "a test"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{\"temporary_skills\": [{\"na", "[1]", "{\"temporary_skills\": 3}"})
  void a_damaged_registry_is_never_lost_nor_a_stack_trace(String text) throws IOException {
    create("skill", "notes");
    Files.writeString(registryFile(), text);

    for (String verb : List.of("list", "show")) {
      Ended ended =
          verb.equals("list") ? root.run("skill", "list") : root.run("skill", "show", "notes");
      assertThat(ended.expectExit(0).out()).contains("notes");
      assertThat(ended.errorLines())
          .allMatch(line -> line.startsWith("braid: the registry") && !line.contains("\tat "))
          .isNotEmpty();
    }
    assertThat(registryFile()).hasContent(text);
    assertThat(root.run("skill", "keep", "notes").expectExit(0).err()).contains("put aside");

    assertThat(registry().at("/temporary_skills/0/user_marked_useful").asBoolean()).isTrue();
    try (var files = Files.list(registryFile().resolveSibling("."))) {
      Path aside =
          files.filter(file -> file.toString().contains(".corrupt-")).findFirst().orElseThrow();
      assertThat(aside).hasContent(text);
    }
  }

  @Test
  void the_example_of_the_policy_is_listed_and_kept_as_it_is() throws IOException {
    Files.createDirectories(registryFile().resolveSibling("."));
    Path example = TempRoot.project().resolve("src/test/resources/registry/policy-example.json");
    Files.copy(example, registryFile());

    Ended list = root.run("skill", "list").expectExit(0);
    assertThat(list.out()).contains("graphql-migration-expert", "Not used in", "its file is gone");
    assertThat(root.run("agent", "list").out()).contains("legacy-api-migrator");
    root.run("agent", "keep", "legacy-api-migrator").expectExit(0);

    ObjectNode expected = Objects.requireNonNull(Json.parseObject(Files.readString(example)));
    ((ObjectNode) expected.at("/temporary_agents/0")).put("user_marked_useful", true);
    assertThat(registry()).isEqualTo(expected);
  }

  @Test
  void what_is_in_the_way_is_named_and_left_alone() throws IOException {
    Files.createDirectories(root.path().resolve("agents/team"));
    Files.writeString(
        root.path().resolve("agents/team/x.md"), "---\nname: shipper\ndescription: x\n---\n");
    Files.createDirectories(root.work().resolve(".claude/skills/local"));
    Files.writeString(root.work().resolve(".claude/skills/local/SKILL.md"), "---\nname: l\n---\n");

    for (String[] call :
        List.of(
            new String[] {"agent", "create", "shipper", "--description", "x"},
            new String[] {"skill", "create", "local", "--description", "x"},
            new String[] {"skill", "create", "../up", "--description", "x"},
            new String[] {"skill", "create", "blank", "--description", " "},
            new String[] {"agent", "create", "a", "--description", "x", "--tool", "Bash;rm"},
            new String[] {"skill", "delete", "../up"},
            new String[] {"skill", "promote", "nothing"})) {
      root.run(call).expectRefusal(ExitCode.BAD_INPUT);
    }
    assertThat(root.path().resolve("skills")).doesNotExist();
    assertThat(root.run("skill", "create", "a", "--description", "x", "--tool", "Bash").exit())
        .isEqualTo(ExitCode.USAGE);
  }

  @Test
  void a_promoted_skill_is_no_matter_of_braid_any_more() throws IOException {
    create("skill", "notes");
    root.run("skill", "promote", "notes").expectExit(0);

    assertThat(root.path().resolve("skills/notes/SKILL.md")).isRegularFile();
    assertThat(Files.isSymbolicLink(root.path().resolve("skills/notes"))).isFalse();
    assertThat(root.run("skill", "list").expectExit(0).out()).isEqualTo("no temporary skills\n");
    root.run("skill", "delete", "notes").expectRefusal(ExitCode.BAD_INPUT);
  }

  @Test
  void the_daemon_cleans_up_at_its_start_unless_it_may_not() throws IOException {
    create("skill", "old");
    create("skill", "young");
    used("old", 2, Duration.ofDays(31));
    Files.createDirectories(root.configFile().resolveSibling("."));
    Files.writeString(root.configFile(), "{\"auto_cleanup_temp_resources\":false,\"hook_port\":0}");
    Path log = root.path().resolve("memory/logs/parallel-execution.log");

    root.run("daemon", "start").expectExit(0);
    Eventually.holds(
        "it says so", () -> Files.readString(log).contains("skill old would be deleted"));
    root.run("daemon", "stop").expectExit(0);
    assertThat(root.path().resolve("skills/temp/old")).exists();
    Files.delete(root.configFile());
    root.run("daemon", "start").expectExit(0);

    Eventually.holds("it is gone", () -> !Files.exists(root.path().resolve("skills/temp/old")));
    Eventually.holds(
        "the log says why",
        () -> Files.readString(log).contains("skill old deleted: Not used in 31 days"));
    assertThat(root.run("status").expectExit(0).out()).contains("young").doesNotContain("old");
    root.run("daemon", "stop").expectExit(0);
  }
}

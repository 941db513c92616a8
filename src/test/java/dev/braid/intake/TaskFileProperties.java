package dev.braid.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.task.Task;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TaskFileProperties {
  private static final int MUTATIONS = 200;

  static LongStream seeds() {
    return LongStream.range(0, 200);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void what_is_written_reads_back_equal(long seed) {
    var tasks = read(graph(new Random(seed)));
    var written = JsonNodeFactory.instance.arrayNode();
    tasks.forEach(task -> written.add(TaskJson.write(task)));

    assertThat(read(written)).as("seed %d", seed).isEqualTo(tasks);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void an_edge_back_to_a_later_task_is_refused_when_it_closes_a_cycle(long seed) {
    var random = new Random(seed);
    var graph = graph(random);
    int last = graph.size() - 1;
    for (int i = 1; i <= last; i++) {
      ((ObjectNode) graph.get(i)).withArray("blockedBy").add("t" + (i - 1));
    }
    ((ObjectNode) graph.get(0)).withArray("blockedBy").add("t" + (1 + random.nextInt(last)));

    var intake = TaskFile.read(bytes(graph));
    assertThat(intake).as("seed %d", seed).isInstanceOf(Intake.Refused.class);
    assertThat(((Intake.Refused) intake).problem()).as("seed %d", seed).contains("cycle: ");
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void no_mutation_of_the_bytes_throws_or_breaks_the_line(long seed) {
    var random = new Random(seed);
    byte[] valid = bytes(graph(random));
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] mutated = valid.clone();
      for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
        mutated[random.nextInt(mutated.length)] = mutation(random);
      }
      switch (TaskFile.read(mutated)) {
        case Intake.Accepted(var _, var warnings) ->
            warnings.forEach(warning -> assertOneLine(seed, warning));
        case Intake.Refused(var problem) -> assertOneLine(seed, problem);
      }
    }
  }

  private static void assertOneLine(long seed, String line) {
    assertThat(line).as("seed %d", seed).isNotBlank().hasSizeLessThan(3_000);
    assertThat(line.codePoints().anyMatch(Character::isISOControl)).as("seed %d", seed).isFalse();
  }

  /** Any byte, though more often one that means something to JSON. */
  private static byte mutation(Random random) {
    String telling = "[]{}\",:\\ \n0-e.tTnu\u0000";
    return random.nextBoolean()
        ? (byte) telling.charAt(random.nextInt(telling.length()))
        : (byte) random.nextInt(256);
  }

  private static ArrayNode graph(Random random) {
    var tasks = JsonNodeFactory.instance.arrayNode();
    int size = 2 + random.nextInt(12);
    for (int i = 0; i < size; i++) {
      var task = tasks.addObject().put("id", "t" + i);
      task.put(random.nextBoolean() ? "prompt" : "command", text(random));
      for (int earlier = 0; earlier < i; earlier++) {
        if (random.nextInt(4) == 0) {
          task.withArray("blockedBy").add("t" + earlier);
        }
      }
      decorate(task, random);
    }
    return tasks;
  }

  private static void decorate(ObjectNode task, Random random) {
    for (String field :
        List.of(
            "subject",
            "cwd",
            "required_skill",
            "skill_description",
            "required_agent",
            "agent_description",
            "model",
            "service_name",
            "permission_mode")) {
      if (random.nextInt(3) == 0) {
        task.put(field, text(random));
      }
    }
    for (String field : List.of("skill_capabilities", "agent_tools", "allowed_tools")) {
      if (random.nextInt(4) == 0) {
        task.putArray(field).add(text(random)).add(text(random));
      }
    }
    for (String field : List.of("timeout_seconds", "estimate_seconds", "max_budget_usd")) {
      if (random.nextInt(3) == 0) {
        task.put(field, random.nextDouble() * 1e6 + Double.MIN_NORMAL);
      }
    }
    task.put("resource_intensive", random.nextBoolean());
    task.put("max_retries", random.nextInt(5));
    task.put("type", pick(random, "test", "build", "general", "file_read"));
    task.put("context", pick(random, "auto", "fork", "fresh"));
    task.put("isolation", pick(random, "auto", "worktree", "none"));
    task.putArray("resources").add(pick(random, "read:", "") + "lock:" + text(random));
  }

  private static String pick(Random random, String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private static String text(Random random) {
    return "x" + pick(random, "", " ", "\n", "\"", "\\", "é", "😀", "\u2028", "\u001b[0m", "$(a)");
  }

  private static List<Task> read(ArrayNode json) {
    var intake = TaskFile.read(bytes(json));
    assertThat(intake).isInstanceOf(Intake.Accepted.class);
    return ((Intake.Accepted) intake).tasks();
  }

  private static byte[] bytes(ArrayNode json) {
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }
}

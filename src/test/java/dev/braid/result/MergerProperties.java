package dev.braid.result;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.task.TaskType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds of every merge, over results as models and tools may write them. */
class MergerProperties {
  private static final int RUNS = 300;
  private static final List<TaskType> TYPES = List.of(TaskType.values());
  private static final List<Failure> FAILURES = List.of(Failure.values());
  private static final List<String> KEYS =
      List.of(
          "service_name",
          "files",
          "test_count",
          "passed",
          "failed",
          "skipped",
          "coverage",
          "artifacts",
          "endpoints",
          "verified",
          "file",
          "content",
          "commits",
          "pushed",
          "status");

  static LongStream seeds() {
    return LongStream.range(0, RUNS);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void every_order_gives_the_same_figures(long seed) {
    var random = new Random(seed);
    List<TaskResult> results = results(random, TYPES);
    var shuffled = new ArrayList<>(results);
    Collections.shuffle(shuffled, random);

    Merged first = Merger.merge(results, Map.of());
    Merged second = Merger.merge(shuffled, Map.of());

    assertThat(second.status()).as("seed %d", seed).isEqualTo(first.status());
    assertThat(figures(second.document())).as("seed %d", seed).isEqualTo(figures(first.document()));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void every_section_keeps_to_its_schema_and_needs_no_fallback(long seed) {
    for (MergeStrategy strategy : MergeStrategy.values()) {
      List<TaskResult> results = results(new Random(seed), List.of(TaskType.BUILD));
      Merged merged = Merger.merge(results, Map.of(TaskType.BUILD, strategy));
      SchemaAssert.assertValid(merged.document(), "merged/" + strategy);
      assertThat(merged.warnings())
          .as("seed %d, %s", seed, strategy)
          .noneMatch(warning -> warning.contains("merging failed"));
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void no_unsuccessful_task_disappears(long seed) {
    List<TaskResult> results = results(new Random(seed), TYPES);

    String document = Merger.merge(results, Map.of()).document().toString();

    assertThat(results)
        .filteredOn(result -> result.status() != Status.SUCCESS)
        .allSatisfy(result ->
            assertThat(document)
                .as("seed %d", seed)
                .contains("{\"task_id\":\"" + result.taskId() + "\",\"error\":"));
  }

  /** All numbers of a section but those that say where something stands, and all status words. */
  private static Map<String, JsonNode> figures(ObjectNode document) {
    var figures = new TreeMap<String, JsonNode>();
    ObjectNode sections = (ObjectNode) document.path("sections").deepCopy();
    sections.forEachEntry((type, section) ->
        section.forEachEntry((key, value) -> {
          if (value.isValueNode() && !key.equals("contents")) {
            figures.put(type + "." + key, value);
          } else if (key.equals("coverage") || key.equals("ranked")) {
            figures.put(type + "." + key, value);
          }
        }));
    return figures;
  }

  private static List<TaskResult> results(Random random, List<TaskType> types) {
    var results = new ArrayList<TaskResult>();
    // One of each type at least, so that there are sections.
    for (int i = 0; i < 30; i++) {
      TaskType type = types.get(i % types.size());
      Failure failure =
          random.nextInt(4) == 0 ? FAILURES.get(random.nextInt(FAILURES.size())) : null;
      results.add(
          Results.result(
              "t" + i,
              type,
              random.nextBoolean() ? "general" : null,
              failure,
              random.nextBoolean() ? "a.yml\nb.yml\n[main abc1234] x" : "",
              random.nextBoolean() ? "bad" : null,
              fields(random).toString()));
    }
    return results;
  }

  private static ObjectNode fields(Random random) {
    ObjectNode fields = JsonNodeFactory.instance.objectNode();
    for (String key : KEYS) {
      if (random.nextInt(3) > 0) {
        fields.set(key, likely(key, random));
      }
    }
    return fields;
  }

  private static JsonNode likely(String key, Random random) {
    if (random.nextInt(8) == 0) {
      return anything(random);
    }
    String text =
        switch (key) {
          case "service_name" -> "'s" + random.nextInt(3) + "'";
          case "files" ->
              random.nextBoolean()
                  ? "['a.yml','b" + random.nextInt(3) + "']"
                  : "[{'path':'a.yml','content':'x','hits':2,'score':0.5}]";
          case "artifacts", "endpoints" -> "['x','y']";
          case "verified", "pushed" -> "true";
          case "coverage" -> "{'lines_covered':" + random.nextInt(9) + ",'lines_total':9}";
          case "test_count" -> String.valueOf(10 + random.nextInt(9));
          case "file", "content" -> "'text'";
          default -> String.valueOf(random.nextInt(4));
        };
    return Results.json(text);
  }

  private static JsonNode anything(Random random) {
    List<String> values =
        List.of(
            "null",
            "true",
            "-1",
            "1e300",
            "0.5",
            "99999999999999999999",
            "''",
            "'\\u0000'",
            "[]",
            "[[]]",
            "[null]",
            "[{}]",
            "{}",
            "{'a':1}",
            "[1,'a',{'path':7}]",
            "[{'path':'p','hits':-1}]");
    return Results.json(values.get(random.nextInt(values.size())));
  }
}

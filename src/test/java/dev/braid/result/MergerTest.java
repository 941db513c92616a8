package dev.braid.result;

import static dev.braid.result.Results.command;
import static dev.braid.result.Results.failed;
import static dev.braid.result.Results.json;
import static dev.braid.result.SchemaAssert.assertValid;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.task.TaskType;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MergerTest {
  private static Merged merge(TaskResult... results) {
    return Merger.merge(List.of(results), Map.of());
  }

  @Test
  void no_results_are_a_success() {
    Merged merged = merge();

    assertThat(merged.status()).isEqualTo(MergeStatus.SUCCESS);
    assertThat(merged.document())
        .isEqualTo(json("{'status':'success','task_count':0,'results':{},'errors':null}"));
  }

  @Test
  void several_types_get_a_section_each_in_the_order_of_their_first_task() {
    Merged merged =
        merge(
            command("t", TaskType.TESTING, "", "{'test_count':2,'passed':2,'failed':0}"),
            command("b", TaskType.BUILD, "", "{}"),
            failed("b2", TaskType.BUILD, Failure.EXIT, "no such target"));

    assertThat(merged.status()).isEqualTo(MergeStatus.PARTIAL);
    ObjectNode sections = (ObjectNode) merged.document().get("sections");
    assertThat(sections.propertyStream().map(Map.Entry::getKey))
        .containsExactly("testing", "build");
    assertThat(merged.document().at("/sections/build/status").asText()).isEqualTo("partial");
    assertValid(sections.get("testing"), "merged/aggregate_results");
    assertValid(sections.get("build"), "merged/all_succeeded");
  }

  @Test
  void sections_that_all_failed_are_a_failure() {
    Merged merged =
        merge(
            failed("t", TaskType.TESTING, Failure.TIMEOUT, null),
            failed("b", TaskType.BUILD, Failure.EXIT, "broken"));

    assertThat(merged.status()).isEqualTo(MergeStatus.FAILED);
    assertThat(merged.document().at("/sections/testing/errors"))
        .isEqualTo(json("[{'task_id':'t','error':'failed: timeout'}]"));
  }

  @Test
  void configuration_replaces_the_strategy_of_a_type() {
    Merged merged =
        Merger.merge(
            List.of(command("t", TaskType.TESTING, "ok", "{}")),
            Map.of(TaskType.TESTING, MergeStrategy.SIMPLE));

    assertThat(merged.document().at("/results/t/output").asText()).isEqualTo("ok");
    assertValid(merged.document(), "merged/simple");
  }

  @Test
  void skipped_and_cancelled_count_as_bad_in_the_status_of_a_run() {
    TaskResult good = command("a", TaskType.GENERAL, "", "{}");
    TaskResult skipped = failed("b", TaskType.GENERAL, Failure.DEPENDENCY, null);

    assertThat(Merger.runStatus(List.of())).isEqualTo(MergeStatus.SUCCESS);
    assertThat(Merger.runStatus(List.of(good))).isEqualTo(MergeStatus.SUCCESS);
    assertThat(Merger.runStatus(List.of(good, skipped))).isEqualTo(MergeStatus.PARTIAL);
    assertThat(Merger.runStatus(List.of(skipped))).isEqualTo(MergeStatus.FAILED);
  }

  @Test
  void a_strategy_that_breaks_leaves_the_single_results_and_a_warning() {
    Merged merged =
        Merger.mergeWith(
            List.of(command("a", TaskType.BUILD, "", "{}")), _ -> BreakingMerging::new);

    assertThat(merged.document().get("task_count").asInt()).isOne();
    assertThat(merged.warnings()).singleElement().asString().startsWith("build: merging failed");
  }

  @Test
  void two_results_of_one_id_both_stand_in_a_simple_merge() {
    TaskResult result = command("a", TaskType.GENERAL, "", "{}");

    assertThat(merge(result, result).document().get("results").propertyStream())
        .extracting(Map.Entry::getKey)
        .containsExactly("a", "a (2)");
  }

  @Test
  void execution_time_runs_from_first_start_to_last_end() {
    assertThat(merge(command("a", TaskType.BUILD, "", "{}")).document().get("execution_time"))
        .isEqualTo(json("'3.2s'"));
  }

  @ParameterizedTest
  @EnumSource(MergeStrategy.class)
  void a_strategy_has_one_name(MergeStrategy strategy) {
    assertThat(MergeStrategy.named(strategy.wireName())).contains(strategy);
  }

  @ParameterizedTest
  @EnumSource(TaskType.class)
  void a_type_names_its_strategy_too(TaskType type) {
    assertThat(MergeStrategy.named(type.wireName())).contains(MergeStrategy.defaultFor(type));
  }

  @Test
  void an_unknown_strategy_has_no_name() {
    assertThat(MergeStrategy.named("majority_vote")).isEmpty();
  }

  private static final class BreakingMerging implements Merging {
    @Override
    public @Nullable String add(TaskResult result, Fields fields) {
      throw new IllegalStateException("broken");
    }

    @Override
    public void write(ObjectNode section) {}
  }
}

package dev.braid.isolate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.isolate.Draft.Kind;
import dev.braid.isolate.Draft.Staging;
import dev.braid.isolate.Draft.Step;
import dev.braid.isolate.Draft.Trait;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a repository is like and whatever is done in it, tasks apart come together as git itself
 * puts them together, and the user finds nothing changed but for their work. The system property
 * {@code braid.isolate.cases} says how many cases are made, {@code braid.isolate.first} with which
 * seed they begin.
 */
@Execution(ExecutionMode.CONCURRENT)
class IntegrationProperties {
  private static final int DEFAULT_CASES = 30;

  @TempDir Path folder;

  static LongStream seeds() {
    long first = Long.getLong("braid.isolate.first", 0);
    int cases = Integer.getInteger("braid.isolate.cases", DEFAULT_CASES);
    return LongStream.range(first, first + cases);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void tasks_come_together_as_in_git_and_the_user_finds_only_their_work(long seed)
      throws IOException {
    new Course(folder, Draft.of(seed)).run();
  }

  @Test
  void every_kind_of_repository_and_edit_is_drafted() {
    var traits = EnumSet.noneOf(Trait.class);
    var kinds = EnumSet.noneOf(Kind.class);
    var stagings = EnumSet.noneOf(Staging.class);
    LongStream.range(0, DEFAULT_CASES)
        .mapToObj(Draft::of)
        .forEach(each -> {
          traits.addAll(each.traits());
          each.tasks().forEach(task -> task.stream().map(Step::kind).forEach(kinds::add));
          each.before().stream().map(Step::staging).forEach(stagings::add);
        });
    assertThat(traits).containsExactly(Trait.values());
    assertThat(kinds).containsExactly(Kind.values());
    assertThat(stagings).containsExactly(Staging.values());
  }
}

package dev.braid.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.task.TaskId;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for all names of files; the seed of a failing one stands in the name of the test. */
class FileKeyProperties {
  private static final int SEEDS = 40;
  private static final int IDS = 60;
  private static final String LETTERS = "aAbB1._-";

  /** Names that mean something, and their neighbours. */
  private static final List<String> SPECIAL =
      List.of("run", "journal", "merged", "x", "x.json", "con", "a", "A", "tasks", "x.", "nul");

  static LongStream seeds() {
    return LongStream.range(0, SEEDS);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void no_two_ids_share_a_name_also_where_case_is_ignored(long seed) {
    var owners = new HashMap<String, TaskId>();
    for (TaskId id : ids(new SplittableRandom(seed))) {
      String key = FileKey.of(id).toLowerCase(Locale.ROOT);
      for (String name : List.of(key, key + ".json")) {
        assertThat(owners.put(name, id)).as("another owner of %s than %s", name, id).isNull();
      }
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void the_id_stands_at_the_beginning_of_its_name(long seed) {
    for (TaskId id : ids(new SplittableRandom(seed))) {
      assertThat(FileKey.of(id)).startsWith(id.value());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"run", "journal", "owner", "merged", "report", "tasks", "con", "nul"})
  void a_name_of_braids_own_is_nobodys(String name) {
    assertThat(FileKey.of(new TaskId(name))).isNotEqualTo(name);
  }

  @Test
  void a_plain_id_is_its_own_name() {
    assertThat(FileKey.of(new TaskId("build-1.2_x"))).isEqualTo("build-1.2_x");
  }

  /** Different ids, many of them alike: other case, a suffix more. */
  private static Set<TaskId> ids(SplittableRandom random) {
    var ids = new LinkedHashSet<TaskId>();
    for (int i = 0; i < IDS; i++) {
      String value =
          random.nextInt(3) == 0
              ? SPECIAL.get(random.nextInt(SPECIAL.size()))
              : random(random, 1 + random.nextInt(6));
      switch (random.nextInt(4)) {
        case 0 -> value = value.toUpperCase(Locale.ROOT);
        case 1 -> value = value + ".json";
        case 2 -> value = value + random(random, 1);
        default -> {}
      }
      if (TaskId.isValid(value)) {
        ids.add(new TaskId(value));
      }
    }
    return ids;
  }

  private static String random(SplittableRandom random, int length) {
    var text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return text.toString();
  }
}

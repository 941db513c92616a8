package dev.braid.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableLinesTest {
  private static final int ALL = 1 << 20;

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("logs/history.jsonl");
  }

  private static String line(int number) {
    return "{\"n\":" + number + "}";
  }

  private List<Integer> tail(int bytes) throws IOException {
    return DurableLines.tail(file, bytes).stream().map(node -> node.path("n").asInt()).toList();
  }

  @Test
  void lines_are_added_at_the_end() throws IOException {
    DurableLines.append(file, List.of(line(1), line(2)));
    DurableLines.append(file, List.of(line(3)));

    assertThat(file).hasContent("{\"n\":1}\n{\"n\":2}\n{\"n\":3}\n");
    assertThat(tail(ALL)).containsExactly(1, 2, 3);
  }

  @Test
  void no_lines_make_no_file() throws IOException {
    DurableLines.append(file, List.of());

    assertThat(file).doesNotExist();
    assertThat(tail(ALL)).isEmpty();
  }

  @Test
  void a_short_tail_holds_whole_lines_only() throws IOException {
    DurableLines.append(file, IntStream.range(10, 20).mapToObj(DurableLinesTest::line).toList());

    assertThat(tail(3 * (line(10).length() + 1) + 4)).containsExactly(17, 18, 19);
  }

  @Test
  void lines_that_are_no_json_objects_are_left_out() throws IOException {
    DurableLines.append(file, List.of(line(1), "nonsense", "", "[2]", line(3)));

    assertThat(tail(ALL)).containsExactly(1, 3);
  }

  @Test
  void a_torn_last_line_is_left_out() throws IOException {
    DurableLines.append(file, List.of(line(1)));
    Files.writeString(file, "{\"n\":1}\n{\"n\":2,\"te");

    assertThat(tail(ALL)).containsExactly(1);
  }

  @Test
  void what_is_appended_after_a_torn_line_is_not_lost_with_it() throws IOException {
    DurableLines.append(file, List.of(line(1)));
    Files.writeString(file, "{\"n\":1}\n{\"n\":2,\"te");

    DurableLines.append(file, List.of(line(3), line(4)));

    assertThat(tail(ALL)).containsExactly(1, 3, 4);
  }

  @Test
  void lines_of_several_writers_do_not_mix() throws Exception {
    try (var threads = Executors.newFixedThreadPool(4)) {
      List<Callable<Boolean>> writers =
          IntStream.range(0, 4)
              .<Callable<Boolean>>mapToObj(writer ->
                  () -> {
                    for (int i = 0; i < 25; i++) {
                      DurableLines.append(file, List.of(line(writer * 25 + i)));
                    }
                    return true;
                  })
              .toList();
      for (Future<Boolean> each : threads.invokeAll(writers)) {
        assertThat(each.get()).isTrue();
      }
    }

    assertThat(tail(ALL))
        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 100).boxed().toList());
  }

  @Test
  void lines_that_the_disk_did_not_take_are_not_in_the_file() throws IOException {
    assertThat(FailingSync.say("lines.sync:2!", "lines", file))
        .containsExactly("1", "Input/output error", "3");

    assertThat(tail(ALL)).containsExactly(1, 3);
  }
}

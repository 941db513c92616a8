package dev.braid.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each end of a run is told once. */
class HandoverTest {
  private static final RunId RUN = new RunId("01990000-0000-7000-8000-000000000001");
  private static final Path CWD = Path.of("/work");

  @TempDir Path folder = Path.of("");

  private Handover handover() {
    return new Handover(folder.resolve("session"));
  }

  private final FakeProcesses processes = new FakeProcesses();

  private List<String> take() throws IOException {
    var texts = new ArrayList<String>();
    for (Handover.Taken taken : handover().take(processes)) {
      texts.add(taken.text());
      taken.told();
    }
    return texts;
  }

  @Test
  void an_end_is_told_once() throws IOException {
    handover().expect(RUN.value(), CWD, "{}");
    assertThat(take()).isEmpty();
    handover().ready(RUN, "the end");

    assertThat(take()).containsExactly("the end");
    assertThat(take()).isEmpty();
    handover().ready(RUN, "the end, written again after a crash");
    assertThat(take()).isEmpty();
  }

  @Test
  void an_end_that_nobody_expects_is_not_told() throws IOException {
    handover().ready(RUN, "the end");

    assertThat(take()).isEmpty();
  }

  @Test
  void of_many_who_take_at_once_one_gets_it() throws IOException {
    for (int round = 0; round < 20; round++) {
      handover().expect(RUN.value(), CWD, "{}");
      handover().ready(RUN, "the end");

      assertThat(
              IntStream.range(0, 8)
                  .parallel()
                  .mapToObj(_ -> takeAtOnce())
                  .flatMap(List::stream)
                  .toList())
          .containsExactly("the end");
    }
  }

  private List<String> takeAtOnce() {
    try {
      return take();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void what_a_process_took_that_died_before_it_told_is_told_by_the_next() throws IOException {
    handover().expect(RUN.value(), CWD, "{}");
    handover().ready(RUN, "the end");
    Path session = folder.resolve("session");
    Files.move(session.resolve(RUN + ".ready"), session.resolve(RUN + ".taken.4711"));

    processes.areOthersAlive = true;
    assertThat(take()).isEmpty();
    processes.areOthersAlive = false;
    assertThat(take()).containsExactly("the end");
  }

  @Test
  void what_an_earlier_process_with_the_pid_of_one_that_lives_took_is_told() throws IOException {
    handover().expect(RUN.value(), CWD, "{}");
    handover().ready(RUN, "the end");
    processes.ownStartTime = "100";
    assertThat(handover().take(processes)).hasSize(1);
    assertThat(take()).isEmpty();

    processes.ownStartTime = "200";

    assertThat(take()).containsExactly("the end");
  }

  @Test
  void what_was_taken_is_told_by_the_next_when_its_taker_dies_before_it_was_told()
      throws IOException {
    handover().expect(RUN.value(), CWD, "{}");
    handover().park(RUN, "parked");
    handover().unpark(RUN);
    handover().ready(RUN, "the end");
    processes.ownPid = 4711;
    assertThat(handover().take(processes)).hasSize(2);
    assertThat(handover().holds(RUN)).isTrue();

    processes.ownPid = 1;

    assertThat(take()).containsExactlyInAnyOrder("parked", "the end");
  }

  @Test
  void what_could_not_be_told_is_there_again() throws IOException {
    handover().expect(RUN.value(), CWD, "{}");
    handover().ready(RUN, "the end");
    handover().take(processes).getFirst().untold();

    assertThat(take()).containsExactly("the end");
  }

  @Test
  void a_run_that_stands_still_is_told_of_and_its_end_too() throws IOException {
    handover().expect(RUN.value(), CWD, "{}");
    handover().park(RUN, "parked");

    assertThat(take()).containsExactly("parked");
    assertThat(folder.resolve("session/" + RUN + ".active")).doesNotExist();
    assertThat(handover().holds(RUN)).isTrue();
    handover().unpark(RUN);
    assertThat(folder.resolve("session/" + RUN + ".active")).exists();
    handover().park(RUN, "parked again");
    handover().ready(RUN, "the end");
    assertThat(take()).containsExactlyInAnyOrder("parked again", "the end");
    assertThat(handover().holds(RUN)).isFalse();
  }

  @Test
  void its_folder_goes_when_nothing_is_left_to_tell() throws IOException {
    handover().expect(RUN.value(), CWD, "{}");
    handover().tidy();
    assertThat(handover().cwd()).isEqualTo(CWD);
    handover().ready(RUN, "the end");
    handover().tidy();
    assertThat(take()).hasSize(1);

    handover().tidy();

    assertThat(folder).isEmptyDirectory();
    handover().tidy();
  }

  @Test
  void what_comes_to_be_expected_while_the_folder_goes_is_kept() throws Exception {
    var isOver = new AtomicBoolean();
    var failure = new AtomicReference<@Nullable Exception>();
    Thread tidying =
        Thread.ofPlatform()
            .start(() -> {
              try {
                while (!isOver.get()) {
                  handover().tidy();
                }
              } catch (IOException | RuntimeException e) {
                failure.set(e);
              }
            });
    int kept = 0;
    int begun = 0;
    for (int i = 0; i < 2_000; i++) {
      try {
        handover().expect(RUN.value(), CWD, "{}");
      } catch (IOException _) {
        continue; // The caller knows then that nobody waits.
      }
      begun++;
      kept += Files.exists(folder.resolve("session/" + RUN + ".active")) ? 1 : 0;
      handover().drop(RUN.value());
    }
    isOver.set(true);
    tidying.join();

    assertThat(failure.get()).isNull();
    assertThat(begun).isPositive();
    assertThat(kept).isEqualTo(begun);
  }

  @Test
  void what_ends_while_somebody_asks_what_is_expected_is_no_failure() throws Exception {
    var isOver = new AtomicBoolean();
    var failure = new AtomicReference<@Nullable Exception>();
    Thread asking =
        Thread.ofPlatform()
            .start(() -> {
              try {
                while (!isOver.get()) {
                  var _ = handover().expected();
                }
              } catch (IOException | RuntimeException e) {
                failure.set(e);
              }
            });
    for (int i = 0; i < 1_000; i++) {
      handover().expect(RUN.value(), CWD, "{}");
      handover().keep(RUN.value());
      handover().drop(RUN.value());
    }
    isOver.set(true);
    asking.join();

    assertThat(failure.get()).isNull();
  }
}

package dev.braid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.config.Places;
import dev.braid.config.Settings;
import dev.braid.plan.Decision;
import dev.braid.plan.TaskDraft;
import dev.braid.run.RunFile;
import dev.braid.run.RunId;
import dev.braid.run.RunOptions;
import dev.braid.run.RunRequest;
import dev.braid.run.RunStore;
import dev.braid.store.OwnerLock;
import dev.braid.store.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunBookTest {
  /** Longer than reading all of them takes, also on a machine with other things to do. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private static final Instant BEGAN = Instant.parse("2026-02-16T10:30:00Z");
  private static final String OWNED =
      "{\"at\":\"2026-02-16T10:30:00Z\",\"entry\":\"owned\",\"owner\":\"a test\"}";

  @TempDir private Path folder;
  private final SplittableRandom random = new SplittableRandom(1);
  private RunStore store = new RunStore(new Places(Path.of("/nowhere")));
  private RunBook book = new RunBook(store, PATIENCE);

  @BeforeEach
  void open() {
    store = new RunStore(new Places(folder.resolve("root")));
    book = new RunBook(store, PATIENCE);
  }

  /** A run that began so many seconds later. */
  private RunId begin(int later) throws IOException {
    var request =
        new RunRequest(
            TaskDraft.tasks(TaskDraft.task("a").subject("Begun after " + later)),
            folder,
            Map.of("TMPDIR", folder.toString()),
            new Decision(true, "a test"),
            new RunOptions(2, Settings.defaults(new Places(Path.of("/nowhere"))), Map.of()),
            null,
            null);
    RunFile file = store.begin(request, () -> BEGAN.plusSeconds(later), random);
    write(file.id(), OWNED);
    return file.id();
  }

  private void write(RunId id, String entry) throws IOException {
    Files.writeString(
        store.folder(id).journal(),
        entry + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  private void finish(RunId id, String status) throws IOException {
    write(
        id,
        """
        {"at":"2026-02-16T10:31:00Z","entry":"finished","status":"%s","wall_seconds":60}\
        """
            .formatted(status));
  }

  private List<RunId> listed() throws IOException {
    book.list();
    boolean _ = book.look(null);
    return book.glances().stream().map(RunGlance::id).toList();
  }

  private Mark mark(RunId id) {
    return book.glances().stream()
        .filter(run -> run.id().equals(id))
        .findFirst()
        .orElseThrow()
        .mark();
  }

  private OwnerLock own(RunId id) throws IOException {
    @Nullable OwnerLock lock = OwnerLock.tryAcquire(store.folder(id).ownerLock(), "a test");
    return Objects.requireNonNull(lock, "nobody else owns it");
  }

  @Test
  void runs_that_go_on_come_first_then_those_without_an_owner_then_the_finished() throws Exception {
    RunId running = begin(1);
    RunId interrupted = begin(2);
    RunId old = begin(3);
    RunId latest = begin(4);
    finish(old, "success");
    finish(latest, "partial");

    try (OwnerLock _ = own(running)) {
      assertThat(listed()).containsExactly(running, interrupted, latest, old);
      assertThat(book.glances())
          .extracting(RunGlance::mark)
          .containsExactly(Mark.RUNNING, Mark.INTERRUPTED, Mark.PARTIAL, Mark.DONE);
    }
  }

  @Test
  void a_run_that_loses_its_owner_is_interrupted_though_its_journal_is_the_same() throws Exception {
    RunId id = begin(1);
    try (OwnerLock _ = own(id)) {
      assertThat(listed()).containsExactly(id);
      assertThat(mark(id)).isEqualTo(Mark.RUNNING);
    }

    assertThat(listed()).containsExactly(id);
    assertThat(mark(id)).isEqualTo(Mark.INTERRUPTED);
  }

  @Test
  void what_is_written_to_a_journal_is_seen_at_the_next_look() throws IOException {
    RunId id = begin(1);
    assertThat(listed()).containsExactly(id);
    assertThat(book.look(null)).as("nothing is new").isFalse();

    finish(id, "failed");

    assertThat(book.look(null)).isTrue();
    assertThat(mark(id)).isEqualTo(Mark.FAILED);
  }

  @Test
  void all_of_a_run_is_known_only_while_it_is_looked_at() throws IOException {
    RunId id = begin(1);
    assertThat(listed()).containsExactly(id);
    assertThat(book.sight(id)).isNull();
    boolean _ = book.look(id);
    assertThat(book.sight(id)).isNotNull();

    boolean _ = book.look(null);

    assertThat(book.sight(id)).isNull();
  }

  @Test
  void a_run_that_cannot_be_read_hides_no_other() throws IOException {
    RunId good = begin(1);
    RunId damaged = begin(2);
    RunId unreadable = begin(3);
    Files.writeString(store.folder(damaged).request(), "{");
    Files.delete(store.folder(unreadable).journal());
    Files.createDirectory(store.folder(unreadable).journal());

    assertThat(listed()).containsExactly(good);
    assertThat(book.problems())
        .singleElement()
        .asString()
        .startsWith("cannot read run " + unreadable.shortForm());
  }

  @Test
  void a_run_that_is_removed_is_listed_no_more() throws IOException {
    RunId kept = begin(1);
    RunId removed = begin(2);
    assertThat(listed()).containsExactly(removed, kept);

    Trees.delete(store.folder(removed).path());

    assertThat(listed()).containsExactly(kept);
  }

  @Test
  void of_many_runs_the_latest_are_listed_and_those_that_go_on() throws Exception {
    RunId first = begin(0);
    for (int i = 1; i <= RunBook.MAX_RUNS + 5; i++) {
      begin(i);
    }
    try (OwnerLock _ = own(first)) {
      assertThat(listed()).hasSize(RunBook.MAX_RUNS + 1).startsWith(first);
    }
  }

  @Test
  void what_takes_long_is_read_a_part_at_a_time() throws IOException {
    RunId older = begin(1);
    RunId newer = begin(2);
    book = new RunBook(store, Duration.ofNanos(1));
    assertThat(listed()).containsExactly(newer);
    assertThat(book.isQuiet()).isFalse();

    while (!book.isQuiet()) {
      boolean _ = book.look(null);
    }

    assertThat(listed()).containsExactly(newer, older);
  }
}

package dev.braid.run;

import static dev.braid.cli.WrittenRun.FINISHED;
import static dev.braid.cli.WrittenRun.OWNED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.cli.WrittenRun;
import dev.braid.config.Places;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunStoreTest {
  private static final String TASKS = "[{'id':'a','command':'true'}]";
  private static final String UNSETTLED = FINISHED.replace("}", ",'unsettled':true}");
  private static final String UNDONE =
      "{'at':'2026-11-27T16:00:00Z','entry':'undone','tree':'/srv'}";
  private static final String REOPENED =
      "{'at':'2026-11-27T16:00:00Z','entry':'reopened','tasks':['a']}";

  @TempDir private Path root;

  private RunStore.Open open() throws IOException {
    return new RunStore(new Places(root)).open();
  }

  private WrittenRun run(int number, String... lines) throws IOException {
    return WrittenRun.of(root, number, TASKS).with(lines);
  }

  @Test
  void what_has_no_end_is_unfinished_the_oldest_first() throws IOException {
    WrittenRun second = run(2, OWNED);
    WrittenRun first = run(1);
    run(3, OWNED, FINISHED);
    WrittenRun again = run(4, OWNED, FINISHED, REOPENED);

    assertThat(open().unfinished()).containsExactly(first.id(), second.id(), again.id());
  }

  @Test
  void an_end_that_was_cut_short_is_none() throws IOException {
    WrittenRun torn = run(1, OWNED).append(FINISHED.replace('\'', '"'));

    assertThat(open().unfinished()).containsExactly(torn.id());
  }

  @Test
  void a_run_that_was_undone_stays_finished() throws IOException {
    run(1, OWNED, FINISHED, UNDONE);

    assertThat(open().unfinished()).isEmpty();
  }

  @Test
  void work_that_waits_for_a_person_is_told_until_the_run_ends_without() throws IOException {
    WrittenRun waiting = run(1, OWNED, UNSETTLED);
    run(2, OWNED, UNSETTLED, REOPENED, OWNED, FINISHED);
    WrittenRun undone = run(3, OWNED, UNSETTLED, UNDONE);

    assertThat(open().unsettled()).containsExactly(waiting.id(), undone.id());
  }

  @Test
  void a_run_that_goes_on_is_seen_by_whoever_saw_its_end() throws IOException {
    WrittenRun run = run(1, OWNED, FINISHED);
    var store = new RunStore(new Places(root));

    assertThat(store.unfinished()).isEmpty();
    run.with(REOPENED);
    assertThat(store.unfinished()).containsExactly(run.id());
  }

  @Test
  void a_run_that_was_removed_while_somebody_looked_is_none() throws IOException {
    WrittenRun run = run(1, OWNED, FINISHED);
    var store = new RunStore(new Places(root));
    store.remove(run.id());

    assertThat(store.request(run.id())).isEmpty();
    assertThat(Replay.of(store.folder(run.id())).status()).isEmpty();
    assertThat(store.isOwned(run.id())).isFalse();
  }

  @Test
  void two_clean_ups_remove_a_run_once() throws IOException {
    WrittenRun run = run(1, OWNED, FINISHED);
    var store = new RunStore(new Places(root));
    var retention = new Retention(store, InstantSource.system(), 1, 0, Map.of());
    var removal = new Retention.Removal(run.id(), 1, "all runs take more than 0 MiB");
    retention.remove(removal);
    retention.remove(removal);

    assertThat(store.all()).isEmpty();
  }
}

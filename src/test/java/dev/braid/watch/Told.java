package dev.braid.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.core.ThrowingRunnable;

/** A listener that keeps all it is told. */
final class Told implements FolderWatch.Listener {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(5);

  private final List<ChangeSet> sets = new CopyOnWriteArrayList<>();

  @Override
  public void changed(ChangeSet changes) {
    sets.add(changes);
  }

  List<ChangeSet> sets() {
    return sets;
  }

  void forget() {
    sets.clear();
  }

  Set<Path> paths() {
    var all = new HashSet<Path>();
    sets.forEach(set -> all.addAll(set.paths()));
    return all;
  }

  boolean everything() {
    return sets.stream().anyMatch(ChangeSet::everything);
  }

  /** Waits until all of these were told by their names. */
  void awaitPaths(Path... paths) {
    eventually(() -> assertThat(paths()).as("told in %s", sets).contains(paths));
  }

  /** Waits until these were told, by their names or with everything. */
  void awaitAnyhow(Path... paths) {
    eventually(() ->
        assertThat(sets)
            .satisfiesAnyOf(
                _ -> assertThat(everything()).isTrue(), _ -> assertThat(paths()).contains(paths)));
  }

  void awaitEverything() {
    eventually(() -> assertThat(everything()).as("everything in %s", sets).isTrue());
  }

  private static void eventually(ThrowingRunnable assertion) {
    await().atMost(PATIENCE).pollInterval(POLL).untilAsserted(assertion);
  }
}

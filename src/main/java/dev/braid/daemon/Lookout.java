package dev.braid.daemon;

import dev.braid.config.Places;
import dev.braid.hook.Analysis;
import dev.braid.watch.ChangeSet;
import dev.braid.watch.FolderWatch;
import dev.braid.watch.Mode;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Looks out for what changes below the root, and passes it on: the settings, task files that were
 * dropped, and task lists of Claude Code. The folders of runs are not watched: only their owners
 * write there.
 */
final class Lookout implements AutoCloseable {
  private final Places places;
  private final Runnable reload;
  private final DroppedFiles dropped;
  private final Analysis analysis;
  private final Consumer<String> log;
  private final FolderWatch watch;

  /**
   * Begins to look.
   *
   * @param reload reads the settings again
   */
  Lookout(
      Places places,
      Runnable reload,
      DroppedFiles dropped,
      Analysis analysis,
      Consumer<String> log,
      InstantSource clock) {
    this.places = places;
    this.reload = reload;
    this.dropped = dropped;
    this.analysis = analysis;
    this.log = log;
    this.watch =
        FolderWatch.open(
            List.of(
                places.configFile().resolveSibling(""), places.droppedTasks(), places.taskLists()),
            this::changed,
            clock);
  }

  /** Looks at what was dropped before it looked out. */
  void lookAtAll() {
    try {
      dropped.lookAtAll();
    } catch (IOException e) {
      log.accept("task files that were dropped cannot be read: " + e.getMessage());
    }
  }

  /** How changes are noticed. */
  Mode mode() {
    return watch.mode();
  }

  private void changed(ChangeSet changes) {
    try {
      if (changes.everything()) {
        reload.run();
        dropped.lookAtAll();
        lists().forEach(analysis::changed);
      } else {
        changed(changes.paths());
      }
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      log.accept("what changed cannot be looked at: " + e);
    }
  }

  private void changed(Set<Path> paths) throws IOException {
    var lists = new HashSet<Path>();
    for (Path path : paths) {
      if (path.equals(places.configFile())) {
        reload.run();
      } else if (path.startsWith(places.taskLists()) && !path.equals(places.taskLists())) {
        lists.add(places.taskLists().resolve(places.taskLists().relativize(path).getName(0)));
      } else if (places.droppedTasks().equals(path.getParent())) {
        dropped.look(path);
      } else if (places.droppedTasks().startsWith(path)) {
        dropped.lookAtAll();
      }
    }
    lists.forEach(analysis::changed);
  }

  private Set<Path> lists() throws IOException {
    var lists = new HashSet<Path>();
    if (Files.isDirectory(places.taskLists())) {
      try (DirectoryStream<Path> folders = Files.newDirectoryStream(places.taskLists())) {
        folders.forEach(lists::add);
      }
    }
    return lists;
  }

  @Override
  public void close() {
    watch.close();
  }
}

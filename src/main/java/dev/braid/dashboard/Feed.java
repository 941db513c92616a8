package dev.braid.dashboard;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.run.Onlooker;
import dev.braid.run.RunId;
import dev.braid.store.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one page hears of changes, for as long as it listens. It looks itself, so that it hears of
 * runs of whichever process. For one thread.
 */
public final class Feed {
  /** Between two looks at the run that a page shows. */
  private static final Duration LOOK = Duration.ofMillis(250);

  /** Looks at that run for each look at the list of all. */
  private static final int LOOKS_A_LIST = 4;

  /** Looks without news after which a page is told that all is well. */
  private static final int LOOKS_A_PULSE = 20;

  /** Before the page is told anything. */
  private static final long NOTHING = -1;

  /** Takes what a page is told. */
  public interface Listener {
    /** Fails when the page is gone. */
    void hear(String event, String json) throws IOException;

    /** Nothing new, which shows whether the page is still there. */
    void pulse() throws IOException;
  }

  private final Onlookers onlookers;
  private final Path registry;
  private final Listener listener;
  private final @Nullable RunId shown;
  private Map<RunId, Long> list = Map.of();
  private List<String> problems = List.of();
  private @Nullable FileTime resources;
  private String status = "";

  /** Lines of the run's journal that the page knows of. */
  private long known = NOTHING;

  Feed(Onlookers onlookers, Path registry, @Nullable RunId run, Listener listener) {
    this.onlookers = onlookers;
    this.registry = registry;
    this.listener = listener;
    this.shown = run;
  }

  /** Tells what changes until the page is gone. */
  void listen(Problems now) throws IOException, InterruptedException {
    if (shown == null) {
      listenOn(now);
      return;
    }
    onlookers.show(shown);
    try {
      listenOn(now);
    } finally {
      onlookers.hide(shown);
    }
  }

  private void listenOn(Problems now) throws IOException, InterruptedException {
    listener.hear("overview", "{}");
    list = onlookers.state();
    problems = now.problems();
    resources = changed(registry);
    lookAtRun();
    int quiet = 0;
    for (int look = 1; ; look++) {
      Thread.sleep(LOOK);
      boolean isNews = lookAtRun();
      if (look % LOOKS_A_LIST == 0) {
        isNews |= lookAtAll(now);
      }
      quiet = isNews ? 0 : quiet + 1;
      if (quiet >= LOOKS_A_PULSE) {
        listener.pulse();
        quiet = 0;
      }
    }
  }

  /** Says what is wrong now. */
  public interface Problems {
    List<String> problems() throws IOException;
  }

  /** Tells what is new of the run; false when nothing is. */
  private boolean lookAtRun() throws IOException {
    Optional<ObjectNode> news =
        shown == null ? Optional.empty() : onlookers.at(shown, this::news).flatMap(found -> found);
    if (news.isPresent()) {
      // Not while the run is looked at: the page may be slow.
      listener.hear("run", Json.line(news.get()));
    }
    return news.isPresent();
  }

  private Optional<ObjectNode> news(Onlooker run) throws IOException {
    if (run.entries() == known
        && RunView.line(run, onlookers).path("status").asText().equals(status)) {
      return Optional.empty();
    }
    ObjectNode changes = RunView.changes(run, onlookers, run.changedSince(known));
    known = run.entries();
    status = changes.path("status").asText();
    return Optional.of(changes);
  }

  private boolean lookAtAll(Problems now) throws IOException {
    Map<RunId, Long> newList = onlookers.state();
    List<String> newProblems = now.problems();
    FileTime newResources = changed(registry);
    boolean isListNew = !newList.equals(list) || !newProblems.equals(problems);
    boolean isRegistryNew = newResources != null && !newResources.equals(resources);
    list = newList;
    problems = newProblems;
    resources = newResources;
    if (isListNew) {
      listener.hear("overview", "{}");
    }
    if (isRegistryNew) {
      listener.hear("resources", "{}");
    }
    return isListNew || isRegistryNew;
  }

  private static @Nullable FileTime changed(Path file) throws IOException {
    try {
      return Files.getLastModifiedTime(file);
    } catch (NoSuchFileException _) {
      return null;
    }
  }
}

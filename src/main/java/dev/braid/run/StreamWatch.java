package dev.braid.run;

import dev.braid.claude.EventStream;
import dev.braid.claude.StreamEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Reads the streams of workers while they work, all on one thread of its own, which rests while
 * there are none.
 */
final class StreamWatch implements AutoCloseable {
  private static final Duration LOOK = Duration.ofMillis(50);

  private record Watched(Path file, EventStream stream, Consumer<StreamEvent> events) {}

  private final Map<Path, Watched> watched = new HashMap<>();
  private boolean isLooking;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("streams").daemon().factory());

  /**
   * Hands over what a worker writes until it is forgotten.
   *
   * @param file may not be there yet
   */
  synchronized void watch(Path file, Consumer<StreamEvent> events) {
    watched.put(file, new Watched(file, new EventStream(file), events));
    if (!isLooking && !thread.isShutdown()) {
      isLooking = true;
      lookSoon();
    }
  }

  synchronized void forget(Path file) {
    watched.remove(file);
  }

  private void lookSoon() {
    var _ = thread.schedule(this::look, LOOK.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void look() {
    for (Watched each : now()) {
      try {
        each.stream().advance(each.events());
      } catch (IOException | RuntimeException | OutOfMemoryError _) {
        // Progress is lost, the result is not: the judge reads the stream from its beginning.
        forget(each.file());
      }
    }
    synchronized (this) {
      isLooking = !watched.isEmpty();
      if (isLooking && !thread.isShutdown()) {
        lookSoon();
      }
    }
  }

  private synchronized List<Watched> now() {
    return List.copyOf(watched.values());
  }

  @Override
  public synchronized void close() {
    thread.shutdownNow();
  }
}

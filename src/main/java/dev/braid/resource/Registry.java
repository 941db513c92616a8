package dev.braid.resource;

import dev.braid.claude.FrontMatter;
import dev.braid.config.Places;
import dev.braid.fault.FaultPoint;
import dev.braid.store.AtomicFile;
import dev.braid.store.AtomicFile.Durability;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * The registry of one root, with the files it tells of. One caller at a time changes it, whichever
 * process it is in; the file is always whole. A file that cannot be read is put aside, never
 * overwritten, and what the temporary folders hold is registered anew.
 */
final class Registry {
  /** How long a change may wait for those before it. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  // A lock on a file keeps other processes out, this one the other threads.
  private static final ReentrantLock OF_THIS_PROCESS = new ReentrantLock(/* fair= */ true);

  private final Path file;
  private final Path lockFile;
  private final Path pendingFile;
  private final ResourceFiles files;
  private final Trash trash;
  private final InstantSource clock;
  private final Consumer<String> warn;

  /**
   * @param warn takes lines for a person
   */
  Registry(Places places, InstantSource clock, Consumer<String> warn) {
    this.file = places.registryFile();
    this.lockFile = file.resolveSibling("temp-skills-registry.lock");
    this.pendingFile = file.resolveSibling("temp-skills-registry.pending.json");
    this.files = new ResourceFiles(places);
    this.trash = new Trash(places.trash());
    this.clock = clock;
    this.warn = warn;
  }

  /** What changes it. */
  interface Change<T> {
    T apply(Session session) throws IOException;
  }

  /** The registry while it is held. */
  final class Session {
    private final RegistryFile content;

    private Session(RegistryFile content) {
      this.content = content;
    }

    RegistryFile content() {
      return content;
    }

    /** Changes files and registry together, come what may. */
    void perform(Move move) throws IOException {
      AtomicFile.write(pendingFile, Move.write(move), Durability.MACHINE);
      FaultPoint.pass("registry.pending");
      finish(move, content);
    }

    /** Writes rows that were changed. */
    void save() throws IOException {
      content.write(file);
    }
  }

  /** As it stands now, without a lock; what a damaged one lost is told of its files. */
  RegistryFile read() throws IOException {
    RegistryFile content = RegistryFile.read(file);
    if (content.damage() != null) {
      warn.accept(
          "the registry "
              + file
              + " "
              + content.damage()
              + "; what the temporary folders hold is shown");
      adoptFiles(content);
    }
    return content;
  }

  /**
   * Changes it.
   *
   * @throws IOException when it cannot be had in time, or not be written
   */
  <T> T change(Change<T> change) throws IOException {
    boolean locked = false;
    try {
      locked = OF_THIS_PROCESS.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      if (!locked) {
        throw new IOException("the registry " + file + " is busy");
      }
      Files.createDirectories(Objects.requireNonNull(lockFile.getParent()));
      try (FileChannel channel =
              FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock _ = acquire(channel)) {
        return change.apply(open());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for the registry " + file, e);
    } finally {
      if (locked) {
        OF_THIS_PROCESS.unlock();
      }
    }
  }

  /**
   * Waits in the system's own queue: who only looks now and then may be passed by others for ever.
   * A thread that waits there can be given up by closing the channel alone.
   */
  private FileLock acquire(FileChannel channel) throws IOException, InterruptedException {
    FileLock atOnce = channel.tryLock();
    if (atOnce != null) {
      return atOnce;
    }
    var waiting = new FutureTask<>(channel::lock);
    Thread.ofPlatform().name("registry-lock").daemon().start(waiting);
    try {
      return waiting.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException _) {
      channel.close();
      throw new IOException("the registry " + file + " is busy; see " + lockFile);
    } catch (ExecutionException e) {
      throw new IOException("waiting for " + lockFile, e.getCause());
    }
  }

  private Session open() throws IOException {
    RegistryFile content = RegistryFile.read(file);
    if (content.damage() != null) {
      Path aside = aside(file);
      Files.move(file, aside, StandardCopyOption.ATOMIC_MOVE);
      warn.accept(
          "the registry "
              + file
              + " "
              + content.damage()
              + "; it is put aside as "
              + aside.getFileName()
              + " and made anew from the temporary folders");
    }
    if (content.isEmpty()) {
      adoptFiles(content);
      if (!content.isEmpty() || content.damage() != null) {
        content.write(file);
      }
    }
    finishPending(content);
    return new Session(content);
  }

  /** Whether a change was begun that is not finished, or goes on now. */
  boolean isInterrupted() {
    return Files.exists(pendingFile);
  }

  /** A name beside it that nobody has. */
  private Path aside(Path damaged) {
    Path aside = damaged.resolveSibling(damaged.getFileName() + ".corrupt-" + clock.millis());
    while (Files.exists(aside)) {
      aside = aside.resolveSibling(aside.getFileName() + "x");
    }
    return aside;
  }

  private void adoptFiles(RegistryFile content) throws IOException {
    for (ResourceKind kind : ResourceKind.values()) {
      for (String name : files.names(kind)) {
        String text = files.read(kind, name).orElse("");
        String description = FrontMatter.of(text).map(head -> head.field("description")).orElse("");
        content.add(NewRow.found(kind, name, description, clock.instant()));
      }
    }
  }

  /** What cannot be finished now either is put aside, so that it does not stop all else. */
  private void finishPending(RegistryFile content) throws IOException {
    if (!Files.exists(pendingFile)) {
      return;
    }
    Move move = Move.read(AtomicFile.text(pendingFile));
    if (move != null) {
      try {
        finish(move, content);
        return;
      } catch (IOException e) {
        warn.accept("a change of " + move.resource().name() + " cannot be finished: " + e);
      }
    }
    Files.move(pendingFile, aside(pendingFile), StandardCopyOption.ATOMIC_MOVE);
  }

  private void finish(Move move, RegistryFile content) throws IOException {
    Move.perform(move, content, files, trash);
    FaultPoint.pass("registry.moved");
    content.write(file);
    FaultPoint.pass("registry.saved");
    Move.tidy(move, trash);
    FaultPoint.pass("registry.tidied");
    Files.delete(pendingFile);
  }

  ResourceFiles files() {
    return files;
  }

  Trash trash() {
    return trash;
  }

  Instant now() {
    return clock.instant();
  }
}

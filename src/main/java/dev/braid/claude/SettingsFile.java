package dev.braid.claude;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * A settings.json of Claude Code, changed in one step or not at all. Claude Code and people write
 * it too, without a lock that Braid could know: the last thing before the new file takes its place
 * is a look whether somebody wrote since it was read; then it is read and edited again. Between two
 * Braids there is a lock.
 */
public final class SettingsFile {
  /** Larger files are not edited, and none is made so large. */
  static final int MAX_BYTES = 8 << 20;

  /** How often a change begins anew because somebody else wrote. */
  static final int TRIES = 10;

  /** How long the lock of another Braid is waited for. */
  static final Duration LOCK_DEADLINE = Duration.ofSeconds(10);

  private static final Duration PAUSE = Duration.ofMillis(20);

  private final Path file;
  private final Path lock;
  private final Duration deadline;

  /** What came of reading a file: what the text is, or a fault. */
  public sealed interface Reading permits SettingsReading, Fault {}

  /** What came of a change. */
  public sealed interface Outcome {
    /**
     * It is in the file.
     *
     * @param edit what was edited
     * @param isWritten whether the file changed; false when all was there already
     */
    record Done(SettingsEdit edit, boolean isWritten) implements Outcome {}
  }

  /** Why nothing was done; the file is as it was. */
  public sealed interface Fault extends Reading, Outcome
      permits Refused, Changed, Busy, SettingsReading.Unreadable {
    /** For people, on one line. */
    String reason();
  }

  /** What came of looking at a file. */
  sealed interface Taken permits FileSnapshot, Refused {}

  /** The file is one that Braid does not write. */
  public record Refused(String reason) implements Fault, Taken {}

  /** Others wrote it each time. */
  public record Changed() implements Fault {
    @Override
    public String reason() {
      return "others keep changing it";
    }
  }

  /** Another Braid held the lock all the time. */
  public record Busy() implements Fault {
    @Override
    public String reason() {
      return "another Braid is changing it";
    }
  }

  /**
   * Names a file; it need not exist.
   *
   * @param file a link is followed and stays
   * @param lock a file that all Braids use for the same settings; it is made, its folder is not
   */
  public SettingsFile(Path file, Path lock) {
    this(file, lock, LOCK_DEADLINE);
  }

  SettingsFile(Path file, Path lock, Duration deadline) {
    this.file = file.toAbsolutePath();
    this.lock = lock;
    this.deadline = deadline;
  }

  /** Reads it, without the lock. */
  public Reading read() throws IOException {
    return switch (FileSnapshot.take(file)) {
      case Refused refused -> refused;
      case FileSnapshot snapshot -> snapshot.reading();
    };
  }

  /**
   * Changes it. Nothing is written when the edit changes nothing.
   *
   * @param edit called again when somebody else wrote in between
   * @throws IOException for what nobody can expect, as a full disk
   */
  public Outcome change(Function<SettingsText, SettingsEdit> edit) throws IOException {
    Optional<SettingsLock> held = SettingsLock.acquire(lock, deadline);
    if (held.isEmpty()) {
      return new Busy();
    }
    try (SettingsLock _ = held.get()) {
      Outcome outcome = changeOnce(edit);
      for (int tries = 1; tries < TRIES && outcome instanceof Changed && sleep(); tries++) {
        outcome = changeOnce(edit);
      }
      return outcome;
    }
  }

  private Outcome changeOnce(Function<SettingsText, SettingsEdit> edit) throws IOException {
    return switch (FileSnapshot.take(file)) {
      case Refused refused -> refused;
      case FileSnapshot snapshot ->
          switch (snapshot.reading()) {
            case SettingsReading.Unreadable unreadable -> unreadable;
            case SettingsReading.Good(SettingsText text) -> write(snapshot, edit.apply(text));
          };
    };
  }

  private static Outcome write(FileSnapshot snapshot, SettingsEdit edit) throws IOException {
    if (snapshot.isSame(edit.text())) {
      return new Outcome.Done(edit, false);
    }
    Optional<Fault> fault = snapshot.replace(edit.text());
    return fault.isPresent() ? fault.get() : new Outcome.Done(edit, true);
  }

  private static boolean sleep() {
    try {
      Thread.sleep(PAUSE);
      return true;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}

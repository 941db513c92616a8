package dev.braid.run;

import dev.braid.store.JournalReader;
import dev.braid.store.RunFolder;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What journals say, for who asks again and again: each is read once, and then what was added. What
 * the tasks printed, most of a journal, is not kept. For any thread; those that ask for the same
 * run wait for each other, so that it is never read by several at once.
 */
final class Readings {
  /** Of more runs than these, those that were not asked for longest are read anew. */
  private static final int MAX_RUNS = 64;

  private static final float LOAD_FACTOR = 0.75F;

  /** What was read so far of a journal, and what that says. */
  private record Read(JournalReader reader, Replay replay) {
    static Read nothing(RunFolder folder) {
      return new Read(new JournalReader(folder.journal()), Replay.nothing());
    }
  }

  /** One journal; used by who holds its monitor. */
  private static final class Reading {
    private final RunFolder folder;

    /** Null where reading failed in the middle, be it for want of memory. */
    private @Nullable Read read;

    Reading(RunFolder folder) {
      this.folder = folder;
    }

    synchronized <T> T ask(Function<Replay, T> question) throws IOException {
      Read before = read;
      read = null;
      Read now = before != null && before.reader.isStill() ? before : Read.nothing(folder);
      now.reader.next(now.replay::applyWithoutOutput);
      read = now;
      return question.apply(now.replay);
    }
  }

  private final Map<RunId, Reading> readings =
      new LinkedHashMap<>(MAX_RUNS, LOAD_FACTOR, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<RunId, Reading> eldest) {
          return size() > MAX_RUNS;
        }
      };

  /**
   * Asks what a journal says now.
   *
   * @param question must not keep what it is given: that goes on with the journal
   */
  <T> T ask(RunId id, RunFolder folder, Function<Replay, T> question) throws IOException {
    Reading reading;
    synchronized (readings) {
      reading = readings.computeIfAbsent(id, _ -> new Reading(folder));
    }
    return reading.ask(question);
  }

  /** Forgets all others. */
  void retain(Collection<RunId> runs) {
    synchronized (readings) {
      readings.keySet().retainAll(runs);
    }
  }
}

package dev.braid.run;

import dev.braid.store.Journal;
import dev.braid.store.OwnerLock;
import dev.braid.store.RunFolder;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * How runs come into the hands of an engine: new ones, and those that another owner left. What
 * cannot be opened whole is let go again, so that others may own it.
 *
 * @param name under which the engine owns them
 * @param own takes over what is opened
 */
record Opening(
    RunStore store, InstantSource clock, OwnerName name, Function<RunParts, RunHandle> own) {
  /** What is done with a lock in hand. */
  private interface Held<T> {
    T get() throws IOException;
  }

  /** Begins a run. When that throws there is no such run. */
  RunHandle start(RunId id, RunRequest request, RunLog listener) throws IOException {
    RunFile file = store.begin(id, request, clock);
    RunFolder folder = store.folder(id);
    try {
      OwnerLock lock = name.lock(folder);
      if (lock == null) {
        throw new IOException("the new run " + id + " is owned by someone else already");
      }
      CallerEnvironment environment = CallerEnvironment.of(request);
      return held(lock, () -> open(file, folder, lock, environment, listener));
    } catch (IOException | RuntimeException e) {
      store.takeBack(file, e);
      throw e;
    }
  }

  /** Takes up a run that nobody owns, or opens a finished one again. */
  Takeover takeOver(RunId id, Map<String, String> ofCaller, RunLog listener, Reopening reopening)
      throws IOException {
    RunFolder folder = store.folder(id);
    Optional<RunFile> file = store.request(id);
    if (file.isEmpty()) {
      return new Takeover.Unusable("run " + id.shortForm() + ": cannot read " + folder.request());
    }
    OwnerLock lock = name.lockPatiently(folder);
    if (lock == null) {
      return new Takeover.OwnedElsewhere(OwnerLock.holder(folder.ownerLock()));
    }
    return held(lock, () -> takeOver(file.get(), folder, lock, ofCaller, listener, reopening));
  }

  private Takeover takeOver(
      RunFile file,
      RunFolder folder,
      OwnerLock lock,
      Map<String, String> ofCaller,
      RunLog listener,
      Reopening reopening)
      throws IOException {
    Replay replay = Replay.of(folder);
    var taken = new Reopening.Case(file, Engine.graph(file), replay, ofCaller, clock.instant());
    switch (reopening.answer(taken)) {
      case Reopening.Answer.GoesOn(List<Entry> first) -> write(folder, first);
      case Reopening.Answer.Stays _ -> {
        lock.close();
        return new Takeover.Finished(RunOutcome.soFar(file, replay));
      }
      case Reopening.Answer.Refused(String why) -> {
        lock.close();
        return new Takeover.Unusable("run " + file.id().shortForm() + ": " + why);
      }
    }
    CallerEnvironment environment = CallerEnvironment.read(file.environmentFile());
    if (environment == null) {
      environment = new CallerEnvironment(ofCaller, Map.of());
      if (!taken.isFinished()) {
        listener.warned(
            "run " + file.id().shortForm() + ": its environment is gone; it goes on in this one");
      }
      environment.write(file.environmentFile());
    }
    return new Takeover.Taken(open(file, folder, lock, environment, listener));
  }

  private RunHandle open(
      RunFile file,
      RunFolder folder,
      OwnerLock lock,
      CallerEnvironment environment,
      RunLog listener)
      throws IOException {
    return own.apply(RunParts.open(file, folder, lock, environment, listener, clock, name.name()));
  }

  private static void write(RunFolder folder, List<Entry> entries) throws IOException {
    if (!entries.isEmpty()) {
      try (Journal journal = Journal.open(folder.journal())) {
        for (Entry entry : entries) {
          journal.write(EntryJson.write(entry));
        }
      }
    }
  }

  private static <T> T held(OwnerLock lock, Held<T> held) throws IOException {
    try {
      return held.get();
    } catch (IOException | RuntimeException | Error e) {
      lock.close();
      throw e;
    }
  }
}

package dev.braid.run;

import java.io.IOException;
import java.util.Map;

/** Who owns runs: an engine of this process, or one behind a door. */
public interface RunOwner extends AutoCloseable {
  /**
   * Begins a run: writes what was asked, then starts what can start.
   *
   * @throws IOException when the run's folder cannot be written
   */
  RunHandle start(RunRequest request, RunListener listener) throws IOException;

  /**
   * Takes up a run that has no living owner. What still runs is adopted, what ended collected.
   *
   * @param environment of the caller; counts only when that of the run is gone
   */
  Takeover takeUp(RunId id, Map<String, String> environment, RunListener listener)
      throws IOException;

  /** Opens a finished run again and does, in this environment, what did not succeed. */
  Takeover retry(RunId id, Map<String, String> environment, RunListener listener)
      throws IOException;

  /** Opens a finished run again and takes the work of a task that did not fit. */
  Takeover resolve(RunId id, Resolve resolve, Map<String, String> environment, RunListener listener)
      throws IOException;

  /** Lets go of all runs; their attempts run on. */
  @Override
  void close();
}

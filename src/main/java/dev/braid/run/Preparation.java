package dev.braid.run;

import dev.braid.process.AttemptFolder;
import dev.braid.process.Launch;
import java.io.IOException;

/** What must be done before a process can start. */
interface Preparation {
  /** Writes that an attempt may exist from now on; returns when a crash could not undo it. */
  void recordStart(Entry.Starting starting);

  /** Makes the files the process needs and says how to start it. */
  Launch launch(Entry.Starting starting, AttemptFolder folder) throws IOException;
}

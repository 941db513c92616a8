package dev.braid.run;

import dev.braid.process.AttemptFolder;
import dev.braid.process.Launch;
import java.io.IOException;

/** Makes what the process of an attempt needs, and says how to start it. */
interface Launcher {
  /** Called once for each attempt, on its thread; its folder exists. */
  Launch launch(Entry.Starting starting, AttemptFolder folder) throws IOException;
}

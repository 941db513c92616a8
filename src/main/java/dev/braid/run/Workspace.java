package dev.braid.run;

import java.io.IOException;
import java.nio.file.Path;

/** Where an attempt works, and what becomes of its files. Used by the attempt's thread. */
interface Workspace {
  /** Where its process starts. */
  Path start();

  /** Makes it ready; called before each attempt, and quick when it is ready already. */
  void prepare() throws IOException;

  /** Whether it goes away when the attempt is over, so that nothing may run on in it. */
  boolean isPassing();

  /** Takes the work of an attempt that was judged and has ended; may think worse of it then. */
  Verdict bringBack(Verdict verdict) throws IOException;

  /** The user's own tree: what is done there is done. */
  record InTree(Path start) implements Workspace {
    @Override
    public void prepare() {}

    @Override
    public boolean isPassing() {
      return false;
    }

    @Override
    public Verdict bringBack(Verdict verdict) {
      return verdict;
    }
  }
}

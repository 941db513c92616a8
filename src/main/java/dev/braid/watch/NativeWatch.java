package dev.braid.watch;

import java.io.IOException;
import java.nio.file.Path;

/** A watch that the operating system keeps. Closing it ends its threads. */
interface NativeWatch extends AutoCloseable {
  /** Makes such watches. */
  interface Factory {
    /**
     * Watches all below the roots that are there, and where it can the others for coming into
     * being. What changes after it returned is told.
     */
    NativeWatch open(Standing standing, Sink sink) throws IOException;
  }

  /** Whom a native watch tells, from any thread. */
  interface Sink {
    void changed(Path real);

    /** The watch missed something, or a root is another than it was: another watch is needed. */
    void lost();

    /** Whether the watch is not wanted any more; whatever takes long ends then. */
    boolean isClosed();
  }

  @Override
  void close();
}

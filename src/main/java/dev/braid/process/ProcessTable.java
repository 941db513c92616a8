package dev.braid.process;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the operating system says of its processes: the one place where systems differ. */
interface ProcessTable {
  /**
   * One living process.
   *
   * @param pid its number
   * @param parent pid of its parent; 1 once that is gone
   * @param session pid of the leader of its session
   * @param startTime see {@link ProcessIdentity#startTime()}
   */
  record Entry(long pid, long parent, long session, String startTime) {}

  /**
   * All living processes; one that is dead but not yet collected by its parent is not among them.
   */
  List<Entry> snapshot();

  /** The living process of that number, or null. */
  @Nullable Entry entry(long pid);

  /** Whether its environment at start held that entry; false when it may not be read. */
  boolean startedWith(long pid, String variable);

  /** Names this boot of the machine. */
  String bootId();

  /** The table of the system this runs on. */
  static ProcessTable ofThisSystem() {
    return ProcFs.isThere() ? new ProcFs() : new PsTable();
  }
}

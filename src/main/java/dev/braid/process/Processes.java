package dev.braid.process;

import java.nio.file.Path;
import java.time.Duration;

/** What an engine needs of the operating system. Safe for use by several threads. */
public interface Processes {
  /**
   * Starts the wrapper of an attempt in a session of its own and writes who it is; it then waits
   * for its go.
   *
   * @param nonce value of {@link #NONCE} in the environment of the launch
   */
  Spawned spawn(Launch launch, String nonce);

  /**
   * Finds out what became of an attempt; when it has not begun to run it never will afterwards.
   * Takes up to 2 s when its wrapper is just starting.
   */
  Trace inspect(AttemptFolder folder, String nonce);

  /**
   * Ends an attempt and all it started: TERM, then KILL when the grace is over. Blocks until they
   * are gone, for at most the grace and 5 s.
   *
   * @return how many processes are still there; only those that the kernel does not let go
   */
  int end(AttemptFolder folder, String nonce, Duration grace);

  /** Ends all processes that were started with this entry in their environment, in the same way. */
  int endAllStartedWith(String variable, Duration grace);

  /** Keeps only head and tail of a file that is being written, half of the limit each, on disk. */
  void cap(Path file, long limitBytes);

  /** Time in which the machine was awake, in nanoseconds since it was booted. */
  long awakeNanos();

  /** Names this boot of the machine. */
  String bootId();

  /** The pid of this program. */
  long ownPid();

  /**
   * Whether a process is there.
   *
   * @param startTime when it started, by {@link ProcessIdentity#startTime()}; empty when any
   *     process of that pid will do
   */
  boolean isAlive(long pid, String startTime);

  /** When a process started, by {@link ProcessIdentity#startTime()}; empty when it is gone. */
  String startTime(long pid);

  /** Memory that a new process can use, in MiB; the largest number where nobody knows. */
  long freeMemoryMb();

  /** Name of the variable by which the processes of one attempt are found. */
  String NONCE = "BRAID_NONCE";

  /** The processes of this machine. */
  static Processes ofThisSystem() {
    return new SystemProcesses(ProcessTable.ofThisSystem(), Spawner.ofThisSystem(), Cgroup.ours());
  }
}

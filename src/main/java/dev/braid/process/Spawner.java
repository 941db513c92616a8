package dev.braid.process;

import java.nio.file.Path;

/** Starts a wrapper in a session of its own, with no descriptor of this process but its three. */
interface Spawner {
  /**
   * Starts it; it then waits for the go on standard input.
   *
   * @param cgroup folder of the cgroup it is to join, or an empty text
   */
  Spawned spawn(Launch launch, String cgroup);

  /** The fastest way this system offers. */
  static Spawner ofThisSystem() {
    return PosixSpawn.isThere() ? new PosixSpawn() : new PortableSpawn();
  }

  /** Says what is wrong with the folder a process is to start in; empty when nothing is. */
  static String problemWith(Path cwd) {
    if (!cwd.toFile().isDirectory()) {
      return "in the folder " + cwd + ": there is no such folder";
    }
    return "";
  }
}

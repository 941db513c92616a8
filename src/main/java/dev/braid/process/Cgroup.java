package dev.braid.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A control group (v2) of our own: what is in it is ended by one write, whatever it did to its
 * session and environment. cgroups(7).
 *
 * @param path its folder below the mount point
 */
record Cgroup(Path path) {
  private static final String V2_PREFIX = "0::/";
  private static final List<Path> MOUNT_POINTS =
      List.of(Path.of("/sys/fs/cgroup"), Path.of("/sys/fs/cgroup/unified"));

  /**
   * The group of this process when it was handed to its user, as systemd does with {@code
   * Delegate=yes}; null otherwise. The group of a whole machine or login is never ours.
   */
  static @Nullable Cgroup ours() {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/self/cgroup"))) {
        if (line.startsWith(V2_PREFIX) && line.endsWith(".service")) {
          return delegated(line.substring(V2_PREFIX.length()));
        }
      }
    } catch (IOException _) {
      // No such file on this system: there are no cgroups.
      return null;
    }
    return null;
  }

  private static @Nullable Cgroup delegated(String name) throws IOException {
    for (Path mountPoint : MOUNT_POINTS) {
      Path path = mountPoint.resolve(name);
      boolean isOurs =
          Files.isWritable(path)
              && Files.isWritable(path.resolve("cgroup.kill"))
              && Files.getOwner(path).getName().equals(System.getProperty("user.name"));
      if (isOurs) {
        return new Cgroup(path);
      }
    }
    return null;
  }

  /** A new group below this one; null when it cannot be made. */
  @Nullable Cgroup below(String name) {
    try {
      return new Cgroup(Files.createDirectories(path.resolve(name)));
    } catch (IOException _) {
      return null;
    }
  }

  /** The group below this one of that name, when it exists. */
  @Nullable Cgroup existing(String name) {
    Path child = path.resolve(name);
    return Files.isDirectory(child) ? new Cgroup(child) : null;
  }

  /** Ends every process in it with KILL. */
  void kill() {
    try {
      Files.writeString(path.resolve("cgroup.kill"), "1");
    } catch (IOException _) {
      // The group is gone, and with it all that was in it.
      return;
    }
  }

  /** Removes it once it is empty. */
  void removeIfEmpty() {
    try {
      Files.deleteIfExists(path);
    } catch (IOException _) {
      // Something still lives in it; whoever ends that removes the group.
      return;
    }
  }
}

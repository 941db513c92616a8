package dev.braid.cli;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The processes of this machine, as /proc shows them. */
public final class LivingProcesses {
  private LivingProcesses() {}

  /**
   * Pids of all that were started with this entry, such as {@code NAME=value}, in their
   * environment.
   */
  public static List<Long> startedWith(String entry) {
    var found = new ArrayList<Long>();
    File[] folders = new File("/proc").listFiles((_, name) -> name.matches("\\d+"));
    for (File folder : folders == null ? new File[0] : folders) {
      if (environment(folder.toPath()).contains(entry)) {
        found.add(Long.parseLong(folder.getName()));
      }
    }
    return found;
  }

  /** False also for one that has ended and only waits to be collected by its parent. */
  public static boolean isAlive(long pid) {
    try {
      String stat =
          Files.readString(Path.of("/proc/" + pid + "/stat"), StandardCharsets.ISO_8859_1);
      return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
    } catch (IOException _) {
      return false;
    }
  }

  private static List<String> environment(Path folder) {
    try {
      String text = Files.readString(folder.resolve("environ"), StandardCharsets.ISO_8859_1);
      return Arrays.asList(text.split("\0"));
    } catch (IOException _) {
      // Gone meanwhile, or another user's.
      return List.of();
    }
  }
}

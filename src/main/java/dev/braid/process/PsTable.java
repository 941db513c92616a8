package dev.braid.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The process table where there is no {@code /proc} (macOS), read from {@code ps(1)}: start times
 * are exact to the second, and an environment is seen only of processes of the same user.
 */
final class PsTable implements ProcessTable {
  private static final Pattern LINE =
      Pattern.compile("\\s*(\\d+)\\s+(\\d+)\\s+(\\S+)\\s+(\\S+)\\s+(.+?)\\s*");

  @Override
  public List<Entry> snapshot() {
    return read("ps", "-axo", "pid=,ppid=,pgid=,stat=,lstart=");
  }

  @Override
  public @Nullable Entry entry(long pid) {
    List<Entry> found =
        read("ps", "-o", "pid=,ppid=,pgid=,stat=,lstart=", "-p", Long.toString(pid));
    return found.isEmpty() ? null : found.getFirst();
  }

  @Override
  public boolean startedWith(long pid, String variable) {
    for (String line : lines("ps", "-Eww", "-o", "command=", "-p", Long.toString(pid))) {
      if ((" " + line + " ").contains(" " + variable + " ")) {
        return true;
      }
    }
    return false;
  }

  @Override
  public String bootId() {
    List<String> lines = lines("sysctl", "-n", "kern.bootsessionuuid");
    return lines.isEmpty() ? "unknown" : lines.getFirst().strip();
  }

  private static List<Entry> read(String... command) {
    var entries = new ArrayList<Entry>();
    for (String line : lines(command)) {
      Matcher matcher = LINE.matcher(line);
      if (matcher.matches() && !matcher.group(4).startsWith("Z")) {
        // macOS shows no session; the wrapper leads its group as well as its session.
        entries.add(
            new Entry(
                Long.parseLong(matcher.group(1)),
                Long.parseLong(matcher.group(2)),
                Long.parseLong(matcher.group(3)),
                matcher.group(5)));
      }
    }
    return entries;
  }

  private static List<String> lines(String... command) {
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      process.getOutputStream().close();
      try (BufferedReader reader = process.inputReader()) {
        return reader.lines().toList();
      }
    } catch (IOException _) {
      return List.of();
    }
  }
}

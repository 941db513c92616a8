package dev.braid.crash;

import dev.braid.cli.LivingProcesses;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Kills processes of attempts, and remembers whose they were. */
final class Killed {
  private static final String TASK = "BRAID_TASK_ID=";

  /** How the wrapper is called; see its command line. */
  private static final String WRAPPER = "braid-attempt";

  private final String mark;
  private final Set<String> tasks = new TreeSet<>();
  private final Map<Victim, Integer> counts = new EnumMap<>(Victim.class);

  /**
   * @param root of the Braid whose processes they are
   */
  Killed(Path root) {
    this.mark = "CLAUDE_CONFIG_DIR=" + root;
  }

  /** A process of an attempt. */
  record Member(long pid, long parent, String task, boolean isWrapper) {}

  /** Tasks of which a process was killed. */
  Set<String> tasks() {
    return tasks;
  }

  /** How many were killed, by what they were. */
  Map<Victim, Integer> counts() {
    return counts;
  }

  void count(Victim victim) {
    counts.merge(victim, 1, Integer::sum);
  }

  /** The wrappers that are there, and what each runs; not what these started in turn. */
  List<Member> members() {
    var members = new ArrayList<Member>();
    for (long pid : LivingProcesses.startedWith(mark)) {
      try {
        Path folder = Path.of("/proc/" + pid);
        String task = "";
        for (String entry : text(folder.resolve("environ")).split("\0", -1)) {
          if (entry.startsWith(TASK)) {
            task = entry.substring(TASK.length());
          }
        }
        String stat = text(folder.resolve("stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        boolean isWrapper = text(folder.resolve("cmdline")).contains("\0" + WRAPPER + "\0");
        if (!task.isEmpty()) {
          members.add(new Member(pid, Long.parseLong(fields[1]), task, isWrapper));
        }
      } catch (IOException _) {
        // Gone meanwhile.
      }
    }
    List<Long> wrappers = members.stream().filter(Member::isWrapper).map(Member::pid).toList();
    members.removeIf(each -> !each.isWrapper() && !wrappers.contains(each.parent()));
    return members;
  }

  private static String text(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.ISO_8859_1);
  }

  void kill(Member member) {
    tasks.add(member.task());
    count(member.isWrapper() ? Victim.WRAPPER : Victim.CHILD);
    ProcessHandle.of(member.pid()).ifPresent(ProcessHandle::destroyForcibly);
  }
}

package dev.braid.process;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The small shell program around each attempt. It leads a session of its own, waits for the go,
 * runs the task and leaves its exit status. It outlives the engine.
 *
 * <p>Its traps are handlers, not ignored signals, so that the task starts with the defaults.
 *
 * <p>{@code exit} is written whole by one {@code write(2)} and counts only with its newline; a
 * rename would add a process to each task and protect from nothing more. A link that the task put
 * in its place is not followed.
 */
final class Wrapper {
  /** What {@code exit} says of an attempt that got no go. */
  static final String NEVER = "never";

  /** Arguments: folder, file for standard input, cgroup to join or empty, command... */
  private static final String SCRIPT =
      """
      trap : HUP INT QUIT TERM
      folder=$1 input=$2
      if [ -n "$3" ]; then echo $$ >"$3/cgroup.procs"; fi 2>/dev/null
      shift 3
      read -r go || { echo never >"$folder/exit"; exit 125; }
      "$@" <"$input"
      code=$?
      if [ -h "$folder/exit" ]; then rm -f "$folder/exit"; fi
      echo $code >"$folder/exit"
      exit $code
      """;

  private static final Pattern IDENTITY =
      Pattern.compile("\\{\"pid\":(\\d{1,18}),\"start\":\"([^\"]*)\",\"boot\":\"([^\"]*)\"}\n");

  private Wrapper() {}

  static List<String> around(Launch launch, String cgroup) {
    var command = new ArrayList<String>();
    command.addAll(List.of("/bin/sh", "-c", SCRIPT, "braid-attempt"));
    command.add(launch.folder().path().toString());
    command.add(launch.input().toString());
    command.add(cgroup);
    command.addAll(launch.command());
    return command;
  }

  /** What stands in {@code process.json}. */
  static String text(ProcessIdentity identity) {
    return "{\"pid\":"
        + identity.pid()
        + ",\"start\":\""
        + identity.startTime()
        + "\",\"boot\":\""
        + identity.bootId()
        + "\"}\n";
  }

  /** What stands in its place when the attempt is not to run any more. */
  static String fence() {
    return "{\"fenced\":true}\n";
  }

  /** The identity in a whole {@code process.json}; null for a fence or a file cut short. */
  static @Nullable ProcessIdentity identity(String text) {
    Matcher matcher = IDENTITY.matcher(text);
    return matcher.matches()
        ? new ProcessIdentity(Long.parseLong(matcher.group(1)), matcher.group(2), matcher.group(3))
        : null;
  }
}

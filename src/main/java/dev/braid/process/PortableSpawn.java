package dev.braid.process;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Spawning by ProcessBuilder and setsid(1) (or perl, where that is missing), for older systems. */
final class PortableSpawn implements Spawner {
  /** As ProcessBuilder names the number of an error. */
  private static final Pattern ERROR = Pattern.compile("error=(\\d{1,4}),");

  private static final String PERL_SETSID = "use POSIX; POSIX::setsid(); exec {$ARGV[0]} @ARGV";

  @Override
  public Spawned spawn(Launch launch, String cgroup) {
    String problem = Spawner.problemWith(launch.cwd());
    if (!problem.isEmpty()) {
      return Spawned.Failed.forGood(problem);
    }
    var command = new ArrayList<String>(inNewSession());
    command.addAll(Wrapper.around(launch, cgroup));
    var builder = new ProcessBuilder(command).directory(launch.cwd().toFile());
    builder.environment().clear();
    builder.environment().putAll(launch.environment());
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(launch.folder().stdout().toFile()));
    builder.redirectError(ProcessBuilder.Redirect.appendTo(launch.folder().stderr().toFile()));
    try {
      return new Child(builder.start());
    } catch (IOException e) {
      return failed(String.valueOf(e.getMessage()));
    }
  }

  private static Spawned.Failed failed(String message) {
    Matcher error = ERROR.matcher(message);
    return error.find()
        ? Spawned.Failed.of(Integer.parseInt(error.group(1)))
        : Spawned.Failed.forGood("a process: " + message);
  }

  private static List<String> inNewSession() {
    return new java.io.File("/usr/bin/setsid").canExecute()
        ? List.of("/usr/bin/setsid")
        : List.of("perl", "-e", PERL_SETSID);
  }

  private record Child(Process process) implements Spawned.Waiting {
    @Override
    public long pid() {
      return process.pid();
    }

    @Override
    public void go() {
      try (OutputStream input = process.getOutputStream()) {
        input.write("go\n".getBytes(StandardCharsets.US_ASCII));
      } catch (IOException _) {
        // It is gone already; awaitExit tells.
        return;
      }
    }

    @Override
    public void dismiss() {
      try {
        process.getOutputStream().close();
      } catch (IOException _) {
        // It is gone already; awaitExit tells.
        return;
      }
    }

    @Override
    public void awaitExit() {
      process.onExit().join();
    }
  }
}

package dev.braid.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A second program on this machine, for what holds between programs only. Killed when closed. */
final class ChildJvm implements AutoCloseable {
  private final Process process;
  private final BufferedReader output;

  private ChildJvm(Process process) {
    this.process = process;
    this.output = process.inputReader(StandardCharsets.UTF_8);
  }

  static ChildJvm start(Class<?> program, String... arguments) throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add(program.getName());
    command.addAll(List.of(arguments));
    return new ChildJvm(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  /** The next line it prints. */
  String line() throws IOException {
    return Objects.requireNonNull(output.readLine(), "it ended without a word");
  }

  /** Kills it and returns what else it had printed. */
  List<String> kill() throws InterruptedException {
    // Process.destroyForcibly would close its output too.
    process.toHandle().destroyForcibly();
    process.waitFor();
    return output.lines().toList();
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}

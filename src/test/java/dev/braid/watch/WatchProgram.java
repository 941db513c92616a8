package dev.braid.watch;

import dev.braid.cli.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * A program that watches one root and prints what it is told, for what holds of a whole program
 * only: its limits, its classes, being stopped. It ends when its input does, and is killed when
 * closed.
 */
final class WatchProgram implements AutoCloseable {
  private final Process process;
  private final Path output;

  private WatchProgram(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /** Arguments: the root. */
  public static void main(String[] arguments) throws IOException {
    try (FolderWatch watch =
        FolderWatch.open(
            List.of(Path.of(arguments[0])), WatchProgram::print, InstantSource.system())) {
      System.out.println(watch.mode());
      while (System.in.read() >= 0) {
        System.out.println(watch.mode());
      }
    }
  }

  private static synchronized void print(ChangeSet changes) {
    if (changes.everything()) {
      System.out.println("everything");
    }
    changes.paths().forEach(System.out::println);
  }

  /**
   * Starts it.
   *
   * @param before what stands before the call of Java
   * @param options for Java
   */
  static WatchProgram start(Path output, List<String> before, List<String> options, Path root)
      throws IOException {
    var command = new ArrayList<String>(before);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(WatchProgram.class.getName(), root.toString()));
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(output.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    return new WatchProgram(process, output);
  }

  long pid() {
    return process.pid();
  }

  void awaitLine(String line) {
    Eventually.holds("it prints " + line, () -> Files.readAllLines(output).contains(line));
  }

  /** Has it print its mode until that is one. */
  void awaitMode(Mode mode) {
    Eventually.holds(
        "its mode is " + mode,
        () -> {
          process.getOutputStream().write('\n');
          process.getOutputStream().flush();
          return Files.readAllLines(output).contains(mode.toString());
        });
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}

package dev.braid.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The real program as a process of its own; its output goes to files, so it never waits for us. */
public final class BraidProcess {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final Process process;
  private final Path out;
  private final Path err;

  private BraidProcess(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /**
   * Starts a process.
   *
   * @param environment all of it; nothing is inherited
   * @param input file for standard input
   * @param outputs an existing folder for what it prints
   */
  public static BraidProcess start(
      List<String> command, Map<String, String> environment, Path cwd, Path input, Path outputs) {
    try {
      Path out = Files.createTempFile(outputs, "out", "");
      Path err = Files.createTempFile(outputs, "err", "");
      var builder =
          new ProcessBuilder(command)
              .directory(cwd.toFile())
              .redirectInput(input.toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile());
      builder.environment().clear();
      builder.environment().putAll(environment);
      return new BraidProcess(builder.start(), out, err);
    } catch (IOException e) {
      throw new UncheckedIOException(String.join(" ", command), e);
    }
  }

  /** The pid of the JVM too: {@code bin/braid} becomes it. */
  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  public String out() {
    return read(out);
  }

  public String err() {
    return read(err);
  }

  /** Sends a signal, such as {@code INT}. */
  public void signal(String name) {
    try {
      int exit = new ProcessBuilder("kill", "-" + name, Long.toString(pid())).start().waitFor();
      if (exit != 0) {
        throw new IllegalStateException("kill -" + name + " " + pid() + " exits " + exit);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("kill", e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** kill -9, and waits until it is gone. */
  public Ended kill() {
    process.destroyForcibly();
    return await();
  }

  public Ended await() {
    return await(PATIENCE);
  }

  public Ended await(Duration patience) {
    try {
      if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("still runs after " + patience + "; it says: " + err());
      }
      return new Ended(process.exitValue(), read(out), read(err));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

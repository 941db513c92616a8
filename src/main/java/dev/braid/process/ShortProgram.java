package dev.braid.process;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** A program that soon ends by itself, such as one that asks the system for something. */
public final class ShortProgram {
  /** So much of what it prints is kept, in bytes; the rest is read and dropped. */
  private static final int MAX_OUTPUT = 64 << 10;

  private static final int CHUNK = 8 << 10;

  private ShortProgram() {}

  /**
   * How it ended.
   *
   * @param exit its exit status; of one that was ended at the deadline, {@link #TOO_LATE}
   * @param output what it printed, to either output
   */
  public record Ended(int exit, String output) {
    /** No program ends with it by itself. */
    public static final int TOO_LATE = -1;

    public boolean isGood() {
      return exit == 0;
    }
  }

  /**
   * Runs it with nothing to read.
   *
   * @param environment all of it
   * @param patience after which it is killed
   * @throws IOException when it cannot be started: there is no such program
   */
  public static Ended run(
      List<String> command, Path cwd, Map<String, String> environment, Duration patience)
      throws IOException {
    var builder =
        new ProcessBuilder(command)
            .directory(cwd.toFile())
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process = builder.start();
    var output = new CompletableFuture<String>();
    Thread.ofVirtual().start(() -> output.complete(read(process.getInputStream())));
    try {
      boolean isOver = process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
      // What it started may hold its output open.
      String said = output.completeOnTimeout("", isOver ? 1 : 0, TimeUnit.SECONDS).get();
      return new Ended(isOver ? process.exitValue() : Ended.TOO_LATE, said);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while " + command.getFirst() + " ran", e);
    } catch (ExecutionException e) {
      throw new IOException("reading what " + command.getFirst() + " printed", e);
    } finally {
      process.destroyForcibly();
    }
  }

  private static String read(InputStream in) {
    var kept = new ByteArrayOutputStream();
    var chunk = new byte[CHUNK];
    try (in) {
      for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
        kept.write(chunk, 0, Math.min(read, MAX_OUTPUT - kept.size()));
      }
    } catch (IOException _) {
      // It was ended: what it printed so far is all there is.
    }
    return kept.toString(StandardCharsets.UTF_8);
  }
}

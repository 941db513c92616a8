package dev.braid.isolate;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * The {@code git} command in one folder. Neither hooks, monitors, signing nor garbage collection
 * run, and no {@code GIT_*} variable of the caller counts. A lock file of somebody else's git is
 * waited for, never deleted. Each call blocks until git has ended; safe for several threads.
 */
final class Git {
  /** The longest that one call may take, a checkout of a large tree included. */
  private static final Duration DEADLINE = Duration.ofMinutes(10);

  private static final Duration GRACE = Duration.ofSeconds(5);

  /** How often a lock of somebody else is tried again, and how long it is waited before each. */
  private static final int LOCK_TRIES = 200;

  private static final Duration LOCK_PAUSE = Duration.ofMillis(50);

  /** More than this from one call is not kept in memory, in bytes. */
  private static final int MAX_OUTPUT = 512 << 20;

  private static final Pattern LOCKED =
      Pattern.compile("\\.lock': File exists|[Cc]annot lock ref|could not lock|unable to lock");

  private static final List<String> ALWAYS =
      List.of(
          "git",
          "-c",
          "core.hooksPath=/dev/null",
          "-c",
          "core.fsmonitor=false",
          "-c",
          "core.safecrlf=false",
          "-c",
          "core.splitIndex=false",
          "-c",
          "core.quotePath=false",
          "-c",
          "gc.auto=0",
          "-c",
          "maintenance.auto=false",
          "-c",
          "submodule.recurse=false",
          "-c",
          "merge.conflictStyle=merge",
          "-c",
          "merge.renameLimit=0",
          "-c",
          "advice.detachedHead=false");

  private final Path folder;
  private final Map<String, String> environment;

  private Git(Path folder, Map<String, String> environment) {
    this.folder = folder;
    this.environment = Map.copyOf(environment);
  }

  /**
   * Git in a folder.
   *
   * @param caller all variables of whoever asked, for the program's place and its configuration
   */
  static Git in(Path folder, Map<String, String> caller) {
    var environment = new HashMap<String, String>();
    caller.forEach((name, value) -> {
      if (!name.startsWith("GIT_")) {
        environment.put(name, value);
      }
    });
    environment.put("LC_ALL", "C");
    environment.put("GIT_TERMINAL_PROMPT", "0");
    environment.put("GIT_OPTIONAL_LOCKS", "0");
    environment.put("GIT_LITERAL_PATHSPECS", "1");
    return new Git(folder, environment);
  }

  Git in(Path other) {
    return new Git(other, environment);
  }

  /** With one variable more. */
  Git with(String name, String value) {
    var more = new HashMap<>(environment);
    more.put(name, value);
    return new Git(folder, more);
  }

  /** What a call printed. */
  static final class Output {
    private final int exit;
    private final byte[] out;
    private final String err;

    Output(int exit, byte[] out, String err) {
      this.exit = exit;
      this.out = out;
      this.err = err;
    }

    int exit() {
      return exit;
    }

    /** Standard output as it is; not to be changed. */
    byte[] out() {
      return out;
    }

    /** Standard error, in words. */
    String err() {
      return err;
    }

    /** Standard output without its last line break. */
    String text() {
      String text = new String(out, StandardCharsets.UTF_8);
      return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    }

    /** The parts of standard output that NUL ends. */
    List<String> parts() {
      var parts = new ArrayList<String>();
      int from = 0;
      for (int i = 0; i < out.length; i++) {
        if (out[i] == 0) {
          parts.add(new String(out, from, i - from, StandardCharsets.UTF_8));
          from = i + 1;
        }
      }
      return parts;
    }
  }

  /**
   * Runs it and returns what it printed.
   *
   * @throws GitException when it exits with a status other than 0
   */
  Output run(String... arguments) throws IOException {
    return run(new byte[0], arguments);
  }

  /** The same, with something on standard input. */
  Output run(byte[] input, String... arguments) throws IOException {
    Output output = attempt(input, arguments);
    if (output.exit() != 0) {
      throw failed(output, arguments);
    }
    return output;
  }

  /** A failure of a call, in one line. */
  GitException failed(Output output, String... arguments) {
    String why = output.err().strip().replace("\n", "; ");
    return new GitException(
        "git " + arguments[0] + " in " + folder + " exits with " + output.exit() + ": " + why);
  }

  /** Runs it and returns what it printed, whatever its exit status; waits for locks of others. */
  Output attempt(byte[] input, String... arguments) throws IOException {
    Output output = once(input, arguments);
    for (int i = 0; i < LOCK_TRIES && isLocked(output); i++) {
      pause();
      output = once(input, arguments);
    }
    return output;
  }

  private static boolean isLocked(Output output) {
    return output.exit() != 0 && LOCKED.matcher(output.err()).find();
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(LOCK_PAUSE);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new GitException("interrupted while waiting for a lock of git");
    }
  }

  private Output once(byte[] input, String... arguments) throws IOException {
    var command = new ArrayList<>(ALWAYS);
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      var err = inBackground(() -> read(process.getErrorStream()));
      var written = inBackground(() -> write(process, input));
      var out = inBackground(() -> read(process.getInputStream()));
      if (!process.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
        throw new GitException(
            "git " + arguments[0] + " in " + folder + " takes more than " + DEADLINE);
      }
      var _ = written.join();
      return new Output(
          process.exitValue(), out.join(), new String(err.join(), StandardCharsets.UTF_8));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new GitException("interrupted during git " + arguments[0] + " in " + folder);
    } catch (CompletionException e) {
      throw new IOException("talking to git " + arguments[0] + " in " + folder, e.getCause());
    } finally {
      end(process);
    }
  }

  /** Asks it to end first, so that it takes its lock files away. */
  private static void end(Process process) {
    if (process.isAlive()) {
      process.destroy();
      try {
        boolean ended = process.waitFor(GRACE.toSeconds(), TimeUnit.SECONDS);
        if (!ended) {
          process.destroyForcibly();
        }
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        process.destroyForcibly();
      }
    }
  }

  private interface Talk {
    byte[] run() throws IOException;
  }

  private static CompletableFuture<byte[]> inBackground(Talk talk) {
    var result = new CompletableFuture<byte[]>();
    Thread.ofPlatform()
        .name("git")
        .daemon()
        .start(() -> {
          try {
            result.complete(talk.run());
          } catch (IOException | RuntimeException e) {
            result.completeExceptionally(e);
          }
        });
    return result;
  }

  private static byte[] read(InputStream stream) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (stream) {
      var buffer = new byte[1 << 16];
      int length = stream.read(buffer);
      while (length >= 0) {
        if (bytes.size() + length > MAX_OUTPUT) {
          throw new IOException("more than " + (MAX_OUTPUT >> 20) + " MiB of output");
        }
        bytes.write(buffer, 0, length);
        length = stream.read(buffer);
      }
    }
    return bytes.toByteArray();
  }

  private static byte[] write(Process process, byte[] input) {
    try (OutputStream stream = process.getOutputStream()) {
      stream.write(input);
    } catch (IOException _) {
      // It ended without reading; its exit status tells.
      return input;
    }
    return input;
  }
}

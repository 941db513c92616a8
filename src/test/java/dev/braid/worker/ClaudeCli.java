package dev.braid.worker;

import com.fasterxml.jackson.databind.JsonNode;
import dev.braid.cli.TempRoot;
import dev.braid.store.Json;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * The real Claude Code, in the version that tests are made for. It is installed once, below the
 * project's folder, and shared by all.
 */
public final class ClaudeCli {
  public static final String VERSION = "2.1.330";

  private static final String PACKAGE = "@anthropic-ai/claude-code";
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  // A lock on a file keeps other processes out, this one the other threads.
  private static final ReentrantLock LOCK = new ReentrantLock();

  /** Why it could not be installed; not tried twice. */
  private static @Nullable String failure;

  private ClaudeCli() {}

  /**
   * The program. Without it the test that asks is aborted, or fails where {@code CI} is {@code
   * true}: there, everything has to run.
   */
  public static Path binary() {
    LOCK.lock();
    try {
      if (failure == null && !isInstalled()) {
        failure = install();
      }
      if (failure != null) {
        giveUp("needs npm to install Claude Code: " + failure);
      }
      return program();
    } finally {
      LOCK.unlock();
    }
  }

  /** Aborts the test that asks, or fails it where {@code CI} is {@code true}. */
  static void giveUp(String reason) {
    if ("true".equals(System.getenv("CI"))) {
      Assertions.fail(reason);
    }
    Assumptions.abort(reason);
  }

  private static Path folder() {
    return TempRoot.project().resolve(".cache/claude-code");
  }

  private static Path program() {
    return folder().resolve("node_modules/.bin/claude");
  }

  private static boolean isInstalled() {
    Path description = folder().resolve("node_modules").resolve(PACKAGE).resolve("package.json");
    try {
      JsonNode written = Json.parseObject(Files.readString(description));
      return written != null
          && written.path("version").asText().equals(VERSION)
          && Files.isExecutable(program());
    } catch (IOException _) {
      return false;
    }
  }

  /** Null when it is installed then, otherwise the reason on one line. */
  private static @Nullable String install() {
    try {
      Files.createDirectories(folder());
      Path lockFile = folder().resolveSibling("claude-code.lock");
      try (FileChannel channel =
              FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock lock = channel.lock()) {
        return lock.isValid() && isInstalled() ? null : callNpm();
      }
    } catch (IOException e) {
      return oneLine(String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "interrupted";
    }
  }

  private static @Nullable String callNpm() throws IOException, InterruptedException {
    Path log = Files.createTempFile(folder(), "npm", ".log");
    try {
      Process npm =
          new ProcessBuilder(
                  List.of(
                      "npm",
                      "install",
                      "--prefix",
                      folder().toString(),
                      "--no-audit",
                      "--no-fund",
                      "--save-exact",
                      PACKAGE + "@" + VERSION))
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      if (!npm.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        npm.destroyForcibly();
        return "not done after " + PATIENCE.toMinutes() + " minutes";
      }
      if (npm.exitValue() != 0) {
        return "npm exits " + npm.exitValue() + ": " + oneLine(Files.readString(log));
      }
      return isInstalled() ? null : "npm is content, but " + program() + " is not there";
    } finally {
      Files.deleteIfExists(log);
    }
  }

  private static String oneLine(String text) {
    String line = text.strip().replaceAll("\\s*\\R\\s*", "; ");
    return line.length() <= 300 ? line : line.substring(0, 300) + "...";
  }
}

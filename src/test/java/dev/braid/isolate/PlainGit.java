package dev.braid.isolate;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Git as a user calls it: nothing of Braid's is set, and what fails is not tried again. */
final class PlainGit {
  private final Path folder;
  private final Map<String, String> environment;

  PlainGit(Path folder, Map<String, String> environment) {
    this.folder = folder;
    this.environment = Map.copyOf(environment);
  }

  PlainGit in(Path other) {
    return new PlainGit(other, environment);
  }

  PlainGit with(String name, String value) {
    var more = new HashMap<>(environment);
    more.put(name, value);
    return new PlainGit(folder, more);
  }

  /** What a call printed, and how it ended. */
  record Ended(int exit, String out, String err) {}

  /** Runs it; returns what it prints, without its last line break. */
  String run(String... arguments) throws IOException {
    Ended ended = attempt(arguments);
    if (ended.exit() != 0) {
      throw new AssertionError(
          "git " + String.join(" ", arguments) + " in " + folder + ": " + ended);
    }
    return ended.out().endsWith("\n")
        ? ended.out().substring(0, ended.out().length() - 1)
        : ended.out();
  }

  /** Runs it, however it ends. */
  Ended attempt(String... arguments) throws IOException {
    var command = new ArrayList<String>(List.of("git"));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    var err = CompletableFuture.supplyAsync(() -> text(process.getErrorStream()));
    String out = text(process.getInputStream());
    try {
      return new Ended(process.waitFor(), out, err.join());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private static String text(InputStream stream) {
    try (stream) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

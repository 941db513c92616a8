package dev.braid;

import com.fasterxml.jackson.databind.JsonNode;
import dev.braid.store.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The built program as people start it, with a root of its own below a temporary folder.
 *
 * @param temporary holds the root and what the program prints
 */
record Program(Path temporary) {
  /** The project's folder; the build names it. */
  static final Path HOME = Path.of(System.getProperty("braid.home", "")).toAbsolutePath();

  /** Seconds that no call in a test may last. */
  private static final int LIMIT_SECONDS = 120;

  /** How a call ended. */
  record Ended(int code, String out, String err) {
    /** The one JSON object that it printed. */
    JsonNode json() {
      JsonNode printed = Json.parseObject(out);
      if (printed == null) {
        throw new AssertionError("not a JSON object: " + out);
      }
      return printed;
    }
  }

  /** Calls {@code bin/braid} in a folder. */
  Ended call(Path folder, String... arguments) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of(HOME.resolve("bin/braid").toString()));
    command.addAll(List.of(arguments));
    Path out = Files.createTempFile(temporary, "call", ".out");
    Path err = Files.createTempFile(temporary, "call", ".err");
    var builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("CLAUDE_CONFIG_DIR", temporary.resolve("root").toString());
    builder.redirectOutput(out.toFile()).redirectError(err.toFile());
    Process process = builder.start();
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError(command + " takes longer than " + LIMIT_SECONDS + " s");
    }
    return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  /** Whether a program of that name is on the path. */
  static boolean isInstalled(String name) {
    for (String folder : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
      if (Files.isExecutable(Path.of(folder, name))) {
        return true;
      }
    }
    return false;
  }
}

package dev.braid.dist;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * What a test cannot do without. Where it is missing the test is aborted, or fails where {@code CI}
 * is {@code true}: there, everything has to run.
 */
public final class Needed {
  private Needed() {}

  /** A program of this machine. */
  public static Path tool(String name) {
    Optional<Path> found =
        Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .map(folder -> Path.of(folder, name))
            .filter(Files::isExecutable)
            .findFirst();
    return found.orElseGet(() -> missing("needs " + name));
  }

  /** The archive that {@code mvn package} makes. */
  public static Path archive() {
    Path archive = Path.of(System.getProperty("braid.archive", ""));
    return Files.isRegularFile(archive) ? archive : missing("needs " + archive);
  }

  /** A file or folder of this machine. */
  public static Path file(Path file) {
    return Files.exists(file) ? file : missing("needs " + file);
  }

  private static Path missing(String reason) {
    if ("true".equals(System.getenv("CI"))) {
      return Assertions.fail(reason);
    }
    return Assumptions.abort(reason);
  }
}

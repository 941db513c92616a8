package dev.braid.dist;

import dev.braid.cli.TempRoot;
import dev.braid.store.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The archive of a release, unpacked once for a class of tests, in a folder with a space. */
public final class Release implements BeforeAllCallback, AfterAllCallback {
  private Path parent = Path.of("");

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    Path archive = Needed.archive();
    parent = Files.createTempDirectory("braid release ").toRealPath();
    try (var root = new TempRoot()) {
      root.startCommand(parent, Path.of("/dev/null"), "tar", "-xzf", archive.toString())
          .await()
          .expectExit(0);
    }
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    if (parent.isAbsolute()) {
      Trees.delete(parent);
    }
  }

  /** The one folder of the archive. */
  public Path folder() {
    try (Stream<Path> folders = Files.list(parent)) {
      return folders.findFirst().orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Path file(String name) {
    return folder().resolve(name);
  }
}

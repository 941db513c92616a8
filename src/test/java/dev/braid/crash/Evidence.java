package dev.braid.crash;

import dev.braid.cli.TempRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;

/** Keeps the files of a round that failed. */
final class Evidence {
  private Evidence() {}

  /** Copies all files of a scene to the folder of the build; says where. */
  static String keep(Scene scene, long seed) {
    Path from = scene.root().path().resolveSibling(".").normalize();
    Path to = TempRoot.project().resolve("target/crash").resolve(Long.toString(seed));
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        copy(file, to.resolve(from.relativize(file).toString()));
      }
      return "its files are in " + to + "\n";
    } catch (IOException e) {
      return "its files could not be kept: " + e + "\n";
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    boolean isFile = Files.isRegularFile(from) || Files.isSymbolicLink(from);
    if (Files.isDirectory(from, LinkOption.NOFOLLOW_LINKS)) {
      Files.createDirectories(to);
    } else if (isFile) {
      Files.createDirectories(to.resolveSibling("."));
      Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING, LinkOption.NOFOLLOW_LINKS);
    }
  }
}

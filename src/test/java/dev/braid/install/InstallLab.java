package dev.braid.install;

import dev.braid.config.Places;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A home in which tests install: what is there, and what is done with it. */
abstract class InstallLab {
  static final String TOKEN = "0123456789abcdef";

  @TempDir Path home = Path.of("/");
  Path version = home;
  Layout layout = layout("");

  final Layout layout(String prefix) {
    return Layout.of(Map.of(), home, new Places(home.resolve(".claude")), prefix, "Linux");
  }

  @BeforeEach
  void makeVersion() throws IOException {
    home = home.toRealPath();
    layout = layout("");
    version = Files.createDirectories(home.resolve("unpacked"));
    Files.createDirectories(version.resolve("man"));
    Files.writeString(version.resolve("man/braid.1"), "x");
    Files.createDirectories(home.resolve(".claude"));
  }

  final Installer installer() {
    return installer(null, 20_001, false);
  }

  final Installer installer(@Nullable String mode, int port, boolean isNewPort) {
    return new Installer(
        layout, new Wishes(version, mode, port, isNewPort, TOKEN, true, false, true, null));
  }

  final Installer withStatusLine() {
    return new Installer(
        layout, new Wishes(version, null, 20_001, false, TOKEN, true, true, true, null));
  }

  final List<String> uninstall() throws IOException {
    return new Uninstaller(layout, Optional.empty()).uninstall();
  }

  /** Everything below the home, with what is in it and who may read it. */
  final Map<String, String> listing() throws IOException {
    var listing = new TreeMap<String, String>();
    try (Stream<Path> all = Files.walk(home)) {
      for (Path each : all.toList()) {
        String what =
            Files.isSymbolicLink(each)
                ? Files.readSymbolicLink(each).toString()
                : Files.isDirectory(each) ? "folder" : Checksum.ofFile(each) + mode(each);
        listing.put(home.relativize(each).toString(), what);
      }
    }
    return listing;
  }

  static String mode(Path file) throws IOException {
    return " " + PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}

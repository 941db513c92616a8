package dev.braid.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Objects;

/** The roots as they stand on the disk at one moment; two are equal when the same folders do. */
record Standing(List<Root> roots) {
  private static final String NONE = "";

  /**
   * One root.
   *
   * @param name as the caller gave it
   * @param real where it is when links are followed, or where it would be
   * @param identity tells the folder from others that bear its name at other times; empty when
   *     there is no folder
   */
  record Root(Path name, Path real, String identity) {
    static Root of(Path name) {
      try {
        Path real = name.toRealPath();
        var attributes = Files.readAttributes(real, BasicFileAttributes.class);
        if (attributes.isDirectory()) {
          return new Root(name, real, Objects.toString(attributes.fileKey(), real.toString()));
        }
      } catch (IOException _) {
        // It is not there yet, or not any more.
      }
      return new Root(name, wouldBe(name), NONE);
    }

    private static Path wouldBe(Path name) {
      Path folder = name.getParent();
      if (folder == null) {
        return name;
      }
      try {
        return folder.toRealPath().resolve(name.getFileName());
      } catch (IOException _) {
        return name;
      }
    }

    boolean isThere() {
      return !identity.equals(NONE);
    }
  }

  static Standing of(List<Path> names) {
    return new Standing(names.stream().map(Root::of).toList());
  }

  /** The real paths of all roots. */
  List<Path> paths() {
    return roots.stream().map(Root::real).distinct().toList();
  }

  /** The real paths of the roots that are there. */
  List<Path> folders() {
    return roots.stream().filter(Root::isThere).map(Root::real).distinct().toList();
  }

  /** The names the caller has for a path; none when it is not below a root. */
  List<Path> named(Path real) {
    return roots.stream()
        .filter(root -> real.startsWith(root.real()))
        .map(root -> root.name().resolve(root.real().relativize(real)))
        .distinct()
        .toList();
  }
}

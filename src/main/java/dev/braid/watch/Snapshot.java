package dev.braid.watch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** All files and folders below some folders at one moment, by what shows that they changed. */
record Snapshot(Map<Path, Stamp> entries) {
  /**
   * What shows that an entry changed.
   *
   * @param key tells it from others of its name: its inode, where there is such a thing
   */
  record Stamp(long size, FileTime modified, @Nullable Object key) {
    private static final FileTime ANY_TIME = FileTime.fromMillis(0);

    /** A folder does not change when what is in it does. */
    static Stamp of(BasicFileAttributes attributes) {
      return attributes.isDirectory()
          ? new Stamp(0, ANY_TIME, attributes.fileKey())
          : new Stamp(attributes.size(), attributes.lastModifiedTime(), attributes.fileKey());
    }
  }

  /** Looks at all there is; what goes away meanwhile or cannot be read is passed over. */
  static Snapshot of(List<Path> folders, BooleanSupplier isUnwanted) {
    var entries = new HashMap<Path, Stamp>();
    for (Path folder : folders) {
      try {
        Files.walkFileTree(folder, new Walk(entries, isUnwanted));
      } catch (IOException e) {
        throw new UncheckedIOException("looking at " + folder, e);
      }
    }
    return new Snapshot(entries);
  }

  /** What was made, changed or removed until a later moment. */
  Set<Path> changesUntil(Snapshot later) {
    var changes = new HashSet<Path>();
    later.entries.forEach((path, stamp) -> {
      if (!stamp.equals(entries.get(path))) {
        changes.add(path);
      }
    });
    for (Path path : entries.keySet()) {
      if (!later.entries.containsKey(path)) {
        changes.add(path);
      }
    }
    return changes;
  }

  private static final class Walk extends SimpleFileVisitor<Path> {
    private final Map<Path, Stamp> entries;
    private final BooleanSupplier isUnwanted;

    Walk(Map<Path, Stamp> entries, BooleanSupplier isUnwanted) {
      this.entries = entries;
      this.isUnwanted = isUnwanted;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      return visitFile(folder, attributes);
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      entries.put(file, Stamp.of(attributes));
      return isUnwanted.getAsBoolean() ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e) {
      return FileVisitResult.CONTINUE;
    }
  }
}

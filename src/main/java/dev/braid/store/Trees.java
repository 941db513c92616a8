package dev.braid.store;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** Whole folders. Links are never followed. */
public final class Trees {
  private Trees() {}

  /** Deletes a folder and all in it; nothing happens when it is gone already. */
  public static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            // Who else deletes is no fault.
            if (e instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw e;
          }

          @Override
          public FileVisitResult postVisitDirectory(
              Path directory, java.io.@org.jspecify.annotations.Nullable IOException e)
              throws IOException {
            Files.deleteIfExists(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** How many files may be looked at, by several callers in turn. */
  public static final class Allowance {
    private long left;

    public Allowance(long files) {
      left = files;
    }

    /** Whether there were more. */
    public boolean isExceeded() {
      return left < 0;
    }
  }

  /** Bytes that its files take, as far as they can be read. */
  public static long bytes(Path folder) throws IOException {
    return bytes(folder, new Allowance(Long.MAX_VALUE));
  }

  /** The same of as many files as are allowed; 0 for a folder that is not there. */
  public static long bytes(Path folder, Allowance allowance) throws IOException {
    var sum = new long[1];
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (--allowance.left < 0) {
              return FileVisitResult.TERMINATE;
            }
            sum[0] += attributes.size();
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) {
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(
              Path directory, java.io.@org.jspecify.annotations.Nullable IOException e) {
            // One that goes meanwhile takes nothing.
            return FileVisitResult.CONTINUE;
          }
        });
    return sum[0];
  }
}

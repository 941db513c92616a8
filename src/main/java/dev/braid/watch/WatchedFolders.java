package dev.braid.watch;

import io.methvin.watcher.visitor.FileTreeVisitor;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitResult;
import java.nio.file.FileVisitor;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Says which folders are watched: all below the roots and, each alone, those the roots are in. What
 * goes away while it is visited is passed over, as is what must not be read. Links are not
 * followed.
 */
record WatchedFolders(List<Path> roots, Set<Path> parents, BooleanSupplier isUnwanted)
    implements FileTreeVisitor {
  @Override
  public void recursiveVisitFiles(Path start, Callback onFolder, Callback onFile)
      throws IOException {
    if (roots.stream().anyMatch(start::startsWith)) {
      Files.walkFileTree(start, new Walk(onFolder, onFile, isUnwanted));
    } else if (parents.contains(start)) {
      boolean _ = call(onFolder, start);
    }
  }

  /** False when the path is gone, or is not for us. */
  private static boolean call(Callback callback, Path path) throws IOException {
    try {
      callback.call(path);
      return true;
    } catch (NoSuchFileException | NotDirectoryException | AccessDeniedException _) {
      return false;
    }
  }

  private record Walk(Callback onFolder, Callback onFile, BooleanSupplier isUnwanted)
      implements FileVisitor<Path> {
    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
        throws IOException {
      if (isUnwanted.getAsBoolean()) {
        throw new InterruptedIOException("the watch is closed");
      }
      return call(onFolder, folder) ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      boolean _ = call(onFile, file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
      return passOver(e);
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e)
        throws IOException {
      return e == null ? FileVisitResult.CONTINUE : passOver(e);
    }

    private static FileVisitResult passOver(IOException e) throws IOException {
      if (e instanceof NoSuchFileException
          || e instanceof NotDirectoryException
          || e instanceof AccessDeniedException) {
        return FileVisitResult.CONTINUE;
      }
      throw e;
    }
  }
}

package dev.braid.isolate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** An index that only we know of, in a file of its own that goes with it. */
final class PrivateIndex implements AutoCloseable {
  private final Path file;
  private final Git git;

  private PrivateIndex(Path file, Git git) {
    this.file = file;
    this.git = git.with("GIT_INDEX_FILE", file.toString());
  }

  /** An empty one. */
  static PrivateIndex empty(Repository repository) throws IOException {
    Path folder = Files.createDirectories(repository.gitDir().resolve("braid"));
    Path file = Files.createTempFile(folder, "index-", "");
    Files.delete(file);
    return new PrivateIndex(file, repository.git());
  }

  /** A copy of the one that the tree has, with what git knows of unchanged files. */
  static PrivateIndex copy(Repository repository) throws IOException {
    PrivateIndex index = empty(repository);
    try {
      // With its time, by which git tells which entries it must not trust.
      Files.copy(
          repository.gitDir().resolve("index"), index.file, StandardCopyOption.COPY_ATTRIBUTES);
    } catch (NoSuchFileException _) {
      return index;
    }
    return index;
  }

  /** One that holds a tree. */
  static PrivateIndex of(Repository repository, String tree) throws IOException {
    PrivateIndex index = empty(repository);
    var _ = index.git.run("read-tree", tree);
    return index;
  }

  /** Git with this index. */
  Git git() {
    return git;
  }

  String writeTree() throws IOException {
    return git.run("write-tree").text();
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(file);
  }
}

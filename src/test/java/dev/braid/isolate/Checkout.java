package dev.braid.isolate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * An ordinary checkout beside the user's repository, in which git itself puts work together, one
 * commit after the other.
 */
final class Checkout {
  private final Path folder;
  private final PlainGit git;

  Checkout(Scene scene, Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.git = scene.git().in(folder);
    git.run("init", "-q", "--object-format=" + scene.objectFormat());
    git.run("config", "core.autocrlf", scene.autocrlf());
    Path objects = folder.resolve(".git/objects/info");
    Files.createDirectories(objects);
    Files.writeString(
        objects.resolve("alternates"), scene.lab().top().resolve(".git/objects") + "\n");
  }

  Path folder() {
    return folder;
  }

  /** Checks out a commit, whatever was there. */
  void begin(String commit) throws IOException {
    git.run("update-ref", "--no-deref", "HEAD", commit);
    reset();
  }

  private void reset() throws IOException {
    git.run("reset", "-q", "--hard");
    git.run("clean", "-q", "-ffdx");
    trustIndex();
  }

  /**
   * Git looks again at files that are as young as its index. One whose line ends are not as its
   * attributes want them is changed then, and stops every merge, though nobody touched it.
   */
  private void trustIndex() throws IOException {
    Files.setLastModifiedTime(
        folder.resolve(".git/index"), FileTime.from(Instant.now().plus(Duration.ofHours(1))));
  }

  /** A commit of a tree on top of another one. */
  String commit(String tree, String parent) throws IOException {
    return git.run("commit-tree", tree, "-p", parent, "-m", "A tree");
  }

  /** Merges a commit; the tree that comes out, or nothing when there is a conflict. */
  Optional<String> merge(String commit) throws IOException {
    return end(git.attempt("merge", "-q", "--no-edit", "-m", "Merge", commit), "merge");
  }

  /** Does what a commit did once more; the tree that comes out, or nothing when it conflicts. */
  Optional<String> pick(String commit) throws IOException {
    return end(
        git.attempt("cherry-pick", "--allow-empty", "--keep-redundant-commits", commit),
        "cherry-pick");
  }

  private Optional<String> end(PlainGit.Ended ended, String what) throws IOException {
    if (ended.exit() == 0) {
      trustIndex();
      return Optional.of(git.run("rev-parse", "HEAD^{tree}"));
    }
    // Git may break down over a conflict that it has found already.
    boolean isConflict = ended.out().contains("CONFLICT");
    if (!isConflict && git.run("ls-files", "-u").isEmpty()) {
      throw new AssertionError("git " + what + ": " + ended);
    }
    reset();
    if (what.equals("cherry-pick")) {
      git.run("cherry-pick", "--quit");
    }
    return Optional.empty();
  }
}

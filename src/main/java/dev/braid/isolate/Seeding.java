package dev.braid.isolate;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/** Gives a new worktree what git does not keep: local files, linked folders, submodules. */
final class Seeding {
  /** Claude Code's own list of ignored files that a worktree needs. */
  private static final String INCLUDE = ".worktreeinclude";

  /** The user's permission rules for this project. */
  private static final String PERMISSIONS = ".claude/settings.local.json";

  /** An ignored folder with so many files, or bytes, is one that work may need. */
  private static final int BIG_FILES = 1_000;

  private static final long BIG_BYTES = 50L << 20;

  private final Repository origin;
  private final Path folder;

  Seeding(Repository origin, Path folder) {
    this.origin = origin;
    this.folder = folder;
  }

  void run(List<String> links) throws IOException {
    for (String link : links) {
      link(link);
    }
    for (String file : included()) {
      copy(file);
    }
    copy(PERMISSIONS);
    submodules();
  }

  private void link(String name) throws IOException {
    Path from = origin.top().resolve(name).normalize();
    Path to = folder.resolve(name).normalize();
    boolean isInside = from.startsWith(origin.top()) && to.startsWith(folder);
    if (isInside
        && Files.exists(from, LinkOption.NOFOLLOW_LINKS)
        && !Files.exists(to, LinkOption.NOFOLLOW_LINKS)) {
      Files.createDirectories(to.resolveSibling("x").getParent());
      Files.createSymbolicLink(to, from);
    }
  }

  /** Untracked files that the list names. */
  private List<String> included() throws IOException {
    Path list = origin.top().resolve(INCLUDE);
    if (!Files.isRegularFile(list)) {
      return List.of();
    }
    return origin.git().run("ls-files", "-o", "-i", "-z", "--exclude-from=" + list).parts();
  }

  private void copy(String name) throws IOException {
    Path from = origin.top().resolve(name);
    Path to = folder.resolve(name);
    if (Files.isRegularFile(from, LinkOption.NOFOLLOW_LINKS)
        && !Files.exists(to, LinkOption.NOFOLLOW_LINKS)) {
      Files.createDirectories(to.resolveSibling("x").getParent());
      Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
    }
  }

  /** Those that are checked out in the user's tree, out of what is on this machine. */
  private void submodules() throws IOException {
    if (!Files.exists(folder.resolve(".gitmodules"))) {
      return;
    }
    Git here = origin.git().in(folder);
    List<String> names =
        here.attempt(new byte[0], "config", "-z", "-f", ".gitmodules", "--get-regexp", "\\.path$")
            .parts();
    for (String entry : names) {
      // submodule.<name>.path\n<path>
      List<String> halves = List.of(entry.split("\n", 2));
      String name =
          halves.getFirst().replaceFirst("^submodule\\.", "").replaceFirst("\\.path$", "");
      String path = halves.getLast();
      Path from = origin.top().resolve(path);
      if (Files.exists(from.resolve(".git")) && hasCommitOf(path, from)) {
        String source = origin.git().in(from).run("rev-parse", "--absolute-git-dir").text();
        here.run(
            "-c",
            "protocol.file.allow=always",
            "-c",
            "submodule." + name + ".url=" + source,
            "submodule",
            "--quiet",
            "update",
            "--init",
            "--",
            path);
      }
    }
  }

  /** Whether the submodule that a person has holds the commit that is wanted here. */
  private boolean hasCommitOf(String path, Path from) throws IOException {
    // <mode> <id> <stage>\t<path>
    String line = origin.git().in(folder).run("ls-files", "-s", "--", path).text();
    String[] fields = line.split(" ", 3);
    return fields.length == 3
        && origin.git().in(from).attempt(new byte[0], "cat-file", "-e", fields[1]).exit() == 0;
  }

  /** Ignored folders that are big and not in a worktree. */
  static List<String> missed(Repository origin, List<String> links) throws IOException {
    var missed = new ArrayList<String>();
    List<String> ignored =
        origin.git().run("ls-files", "-o", "-i", "-z", "--exclude-standard", "--directory").parts();
    for (String name : ignored) {
      String plain = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
      boolean isFolder = name.endsWith("/");
      if (isFolder && !links.contains(plain) && isBig(origin.top().resolve(plain))) {
        missed.add(plain);
      }
    }
    return missed;
  }

  private static boolean isBig(Path folder) throws IOException {
    var files = new int[1];
    var bytes = new long[1];
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            files[0]++;
            bytes[0] += attributes.size();
            return files[0] >= BIG_FILES || bytes[0] >= BIG_BYTES
                ? FileVisitResult.TERMINATE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) {
            return FileVisitResult.CONTINUE;
          }
        });
    return files[0] >= BIG_FILES || bytes[0] >= BIG_BYTES;
  }
}

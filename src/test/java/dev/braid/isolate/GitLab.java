package dev.braid.isolate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A repository of a user for one test, with the real git, and a folder for worktrees beside it. */
final class GitLab {
  private final Path folder;
  private final Map<String, String> environment = new HashMap<>();

  GitLab(Path folder, String... options) throws IOException {
    this.folder = folder.toRealPath();
    environment.put("PATH", System.getenv("PATH"));
    environment.put("HOME", Files.createDirectories(this.folder.resolve("home")).toString());
    Files.createDirectories(top());
    var init = new ArrayList<>(List.of("init", "-q", "-b", "main"));
    init.addAll(List.of(options));
    git(init.toArray(String[]::new));
    git("config", "user.name", "Ann");
    git("config", "user.email", "ann@example.org");
  }

  Path top() {
    return folder.resolve("shop");
  }

  Path worktrees() {
    return folder.resolve("worktrees");
  }

  Map<String, String> environment() {
    return Map.copyOf(environment);
  }

  Repository repository() throws IOException {
    if (Repository.find(top(), environment) instanceof Repository.Found.Inside(var found, _)) {
      return found;
    }
    throw new AssertionError("no repository");
  }

  Integration integration(String run, String... links) throws IOException {
    return new Integration(repository(), run, worktrees(), List.of(links), environment);
  }

  /** Runs git as the user does; returns what it prints. */
  String git(String... arguments) throws IOException {
    return Git.in(top(), environment).run(arguments).text();
  }

  void write(String name, String text) throws IOException {
    write(top(), name, text);
  }

  static void write(Path tree, String name, String text) throws IOException {
    Path file = tree.resolve(name);
    Files.createDirectories(file.resolveSibling("x").getParent());
    Files.writeString(file, text);
  }

  String read(String name) throws IOException {
    return Files.readString(top().resolve(name));
  }

  void commit(String message) throws IOException {
    git("add", "-A");
    git("commit", "-q", "-m", message);
  }

  /** All that a user may not find changed: HEAD, branches, stash, and the index byte for byte. */
  Map<String, String> kept() throws IOException {
    var kept = new TreeMap<String, String>();
    kept.put("head", Files.readString(top().resolve(".git/HEAD")));
    kept.put("refs", git("for-each-ref", "refs/heads", "refs/tags", "refs/stash", "refs/remotes"));
    // Git itself no longer calls a file left out (S) of a sparse checkout that is on the disk.
    kept.put("index", git("ls-files", "-s", "-v").replaceAll("(?m)^S ", "H "));
    kept.put("stash", git("stash", "list"));
    return kept;
  }

  /** Every file of the user's tree, ignored ones too, byte for byte. */
  Map<String, String> files() throws IOException {
    return files(top());
  }

  /** The same of another tree. */
  static Map<String, String> files(Path tree) throws IOException {
    var files = new TreeMap<String, String>();
    try (var all = Files.walk(tree)) {
      for (Path each : all.toList()) {
        Path name = tree.relativize(each);
        boolean isOfGit = name.startsWith(".git");
        Content content = isOfGit ? null : Content.of(each, "sha1");
        if (content != null && content.kind() != Content.Kind.OTHER) {
          files.put(name.toString(), content.text());
        }
      }
    }
    return files;
  }
}

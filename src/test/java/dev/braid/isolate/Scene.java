package dev.braid.isolate;

import dev.braid.isolate.Draft.Staging;
import dev.braid.isolate.Draft.Step;
import dev.braid.isolate.Draft.Trait;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A user's repository as a draft has it, and what the user and the tasks do. */
final class Scene {
  /** A submodule. */
  static final String SUBMODULE = "lib/sub";

  /** All but the repositories inside of the tree, which no index can hold. */
  private static final List<String> ALL_BUT_NESTED = List.of("--", ".", ":(exclude)nested*");

  private static final String SETTINGS =
      """
      [core]
        fsync = none
      [init]
        templateDir =
        defaultBranch = main
      [user]
        name = Ann
        email = ann@example.org
      [advice]
        addEmbeddedRepo = false
        updateSparsePath = false
      [protocol "file"]
        allow = always
      """;

  private final Draft draft;
  private final Path folder;
  private final GitLab lab;
  private final PlainGit git;

  Scene(Path folder, Draft draft) throws IOException {
    this.draft = draft;
    this.folder = folder.toRealPath();
    Path home = Files.createDirectories(this.folder.resolve("home"));
    Files.writeString(home.resolve(".gitconfig"), SETTINGS);
    this.lab = new GitLab(folder, "--object-format=" + objectFormat());
    this.git = new PlainGit(lab.top(), lab.environment());
    makeTree();
    makeHistory();
    edit(draft.before());
  }

  GitLab lab() {
    return lab;
  }

  /** Git in the user's tree, as the user calls it. */
  PlainGit git() {
    return git;
  }

  boolean has(Trait trait) {
    return draft.traits().contains(trait);
  }

  /** What the repository and every other checkout of it is set to. */
  String objectFormat() {
    return has(Trait.SHA256) ? "sha256" : "sha1";
  }

  String autocrlf() {
    return has(Trait.AUTOCRLF) ? "true" : has(Trait.AUTOCRLF_INPUT) ? "input" : "false";
  }

  // --- what it is like ---

  private void makeTree() throws IOException {
    git.run("config", "core.autocrlf", autocrlf());
    for (String name : List.of("a.txt", "b.txt", "dir/c.txt", "dir/deep/d.txt", "src/e.txt")) {
      lab.write(name, TreeEdits.text(name));
    }
    lab.write("big/n1.txt", TreeEdits.text("n1.txt"));
    lab.write("run.sh", "#!/bin/sh\nexit 0\n");
    Files.setPosixFilePermissions(
        lab.top().resolve("run.sh"), PosixFilePermissions.fromString("rwxr-xr-x"));
    lab.write("empty", "");
    Files.write(lab.top().resolve("pic.bin"), new byte[] {0, 1, 2, 13, 10, 0, (byte) 200});
    Files.createSymbolicLink(lab.top().resolve("link"), Path.of("a.txt"));
    Files.createSymbolicLink(lab.top().resolve("linked"), Path.of("dir"));
    if (has(Trait.CRLF)) {
      lab.write("win.txt", TreeEdits.text("win").replace("\n", "\r\n"));
      lab.write("dir/win.txt", TreeEdits.text("dir/win").replace("\n", "\r\n"));
      lab.write("mixed.txt", TreeEdits.text("mixed").replace("2 of mixed\n", "2 of mixed\r\n"));
    }
    if (has(Trait.ODD_NAMES)) {
      for (String name : TreeEdits.ODD_NAMES) {
        lab.write(name, TreeEdits.text(name));
      }
    }
    attributes();
    lab.write("x.log", "log of the user\n");
    lab.write("build/out", "built by the user\n");
    if (has(Trait.IGNORED)) {
      lab.write(".gitignore", "*.log\nbuild/\n");
    }
  }

  private void attributes() throws IOException {
    var lines = new StringBuilder();
    lines.append(has(Trait.TEXT_AUTO) ? "* text=auto\n" : "");
    lines.append(has(Trait.EOL_CRLF) ? "*.txt text eol=crlf\n" : "");
    lines.append(has(Trait.UNION) ? "*.txt merge=union\n" : "");
    boolean isLater = has(Trait.CRLF) && draft.seed() % 2 == 0;
    if (!lines.isEmpty() && isLater) {
      // Line ends that are in git already are not what the attributes say.
      stage();
    }
    if (!lines.isEmpty()) {
      lab.write(".gitattributes", lines.toString());
    }
  }

  private void makeHistory() throws IOException {
    if (has(Trait.SUBMODULE)) {
      addSubmodule();
    }
    stage();
    if (!has(Trait.NO_COMMITS)) {
      git.run("commit", "-q", "-m", "Begin");
    }
    if (has(Trait.STASH)) {
      lab.write("a.txt", "in the stash\n");
      git.run("stash", "-q");
    }
    if (has(Trait.DETACHED)) {
      git.run("checkout", "-q", "--detach");
    }
    if (has(Trait.SPARSE)) {
      git.run("sparse-checkout", "set", "--no-cone", "/*", "!/big/");
    } else if (has(Trait.SPARSE_INDEX)) {
      git.run("sparse-checkout", "set", "--cone", "--sparse-index", "dir", "src", "lib");
    }
    if (has(Trait.NESTED)) {
      addNested("nested", true);
    }
    if (has(Trait.NESTED_WITHOUT_COMMIT)) {
      addNested("nested-new", false);
    }
  }

  private void addSubmodule() throws IOException {
    Path origin = Files.createDirectories(folder.resolve("sub-origin"));
    PlainGit there = git.in(origin);
    there.run("init", "-q", "--object-format=" + objectFormat());
    GitLab.write(origin, "s.txt", "s\n");
    there.run("add", "s.txt");
    there.run("commit", "-q", "-m", "Begin");
    git.run("submodule", "--quiet", "add", origin.toString(), SUBMODULE);
  }

  private void addNested(String name, boolean isCommitted) throws IOException {
    Path tree = Files.createDirectories(lab.top().resolve(name));
    PlainGit there = git.in(tree);
    there.run("init", "-q");
    GitLab.write(tree, "n.txt", "nested\n");
    if (isCommitted) {
      there.run("add", "n.txt");
      there.run("commit", "-q", "-m", "Begin");
    }
  }

  // --- what is done ---

  /** The user edits, and tells git. */
  void edit(List<Step> steps) throws IOException {
    for (Step step : steps) {
      step.kind().make(new TreeEdits(lab.top(), new Random(step.seed())));
      boolean isCommit =
          step.staging() == Staging.COMMIT
              && (!has(Trait.NO_COMMITS) || !steps.equals(draft.before()));
      // With a sparse index git 2.39 breaks down over it.
      if (step.staging() == Staging.INTENT_TO_ADD && !has(Trait.SPARSE_INDEX)) {
        add(git, "-N");
      } else if (step.staging() != Staging.NOTHING) {
        stage();
      }
      if (isCommit) {
        git.run("commit", "-q", "--allow-empty", "-m", "Edit");
      }
    }
  }

  /** A task edits its worktree, and tells git or does not. */
  void work(Path tree, List<Step> steps) throws IOException {
    PlainGit there = git.in(tree);
    for (Step step : steps) {
      step.kind().make(new TreeEdits(tree, new Random(step.seed())));
      if (step.staging() == Staging.ADD) {
        add(there, "-A");
      } else if (step.staging() == Staging.COMMIT) {
        there.run("commit", "-q", "--allow-empty", "-a", "-m", "Work of a task");
      }
    }
  }

  /** A task commits in the submodule. */
  void workInSubmodule(Path tree) throws IOException {
    Path sub = tree.resolve(SUBMODULE);
    GitLab.write(sub, "s.txt", "changed\n");
    git.in(sub).run("commit", "-q", "-a", "-m", "Work in the submodule");
  }

  private void stage() throws IOException {
    add(git, "-A");
  }

  private static void add(PlainGit git, String how) throws IOException {
    var arguments = new ArrayList<>(List.of("add", how, "--sparse"));
    arguments.addAll(ALL_BUT_NESTED);
    git.run(arguments.toArray(String[]::new));
  }

  /** A tree of files as git sees it when it is told to add everything; nothing else changes. */
  String seen(Path tree) throws IOException {
    PlainGit there = git.in(tree);
    Path index = Path.of(there.run("rev-parse", "--path-format=absolute", "--git-path", "index"));
    Path copy = folder.resolve("seen-index");
    Files.deleteIfExists(copy);
    if (Files.exists(index)) {
      Files.copy(index, copy, StandardCopyOption.COPY_ATTRIBUTES);
    }
    PlainGit apart = there.with("GIT_INDEX_FILE", copy.toString());
    add(apart, "-A");
    return apart.run("write-tree");
  }

  /** Settings of the user's repository, byte for byte. */
  String settings() throws IOException {
    return Files.readString(lab.top().resolve(".git/config"), StandardCharsets.UTF_8);
  }
}

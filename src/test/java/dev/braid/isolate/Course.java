package dev.braid.isolate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.isolate.Draft.Trait;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.assertj.core.api.Assertions;

/** One case from its begin to its end, compared with git at each step. */
final class Course {
  private static final String RUN = "01990000-0000-7000-8000-000000000002";

  private final Draft draft;
  private final Scene scene;
  private final GitLab lab;
  private final Integration integration;
  private final Checkout checkout;

  Course(Path folder, Draft draft) throws IOException {
    this.draft = draft;
    scene = new Scene(folder, draft);
    lab = scene.lab();
    integration = lab.integration(RUN);
    checkout = new Checkout(scene, folder.toRealPath().resolve("checkout"));
    assertThat(integration.obstacle()).as("seed %d: obstacle", draft.seed()).isEmpty();
    String seen = scene.seen(lab.top());
    String base = integration.base();
    assertThat(tree(base)).as("seed %d: snapshot", draft.seed()).isEqualTo(seen);
    checkout.begin(base);
  }

  /** Lets it happen. */
  void run() throws IOException {
    long seed = draft.seed();
    Map<String, String> kept = lab.kept();
    Map<String, String> files = lab.files();
    String settings = scene.settings();
    int last = draft.tasks().size() - 1;
    boolean isLastLate = scene.has(Trait.LATE_TASK);

    for (int i = 0; i <= last; i++) {
      if (i < last || !isLastLate) {
        openAndWork(i);
      }
    }
    for (int i = 0; i <= last; i++) {
      if (i == last && isLastLate) {
        openAndWork(i);
      }
      join(i);
      if (i == 0 && scene.has(Trait.TWO_DELIVERIES)) {
        assertThat(lab.files()).as("seed %d: files before", seed).isEqualTo(files);
        deliver();
        files = lab.files();
      }
    }
    assertThat(lab.files()).as("seed %d: files before", seed).isEqualTo(files);
    assertThat(lab.kept()).as("seed %d: kept before", seed).isEqualTo(kept);

    scene.edit(draft.meanwhile());
    deliver();
    clearAway();
    assertThat(scene.settings()).as("seed %d: settings", seed).isEqualTo(settings);
  }

  private static String key(int task) {
    return "t" + task;
  }

  /** Git where all commits of the case are. */
  private PlainGit gitOfCheckout() {
    return scene.git().in(checkout.folder());
  }

  private String tree(String commit) throws IOException {
    return scene.git().run("rev-parse", commit + "^{tree}");
  }

  // --- tasks ---

  private void openAndWork(int task) throws IOException {
    Path tree = integration.open(key(task)).folder();
    assertThat(unlike(tree, integration.head()))
        .as("seed %d: worktree of %s", draft.seed(), key(task))
        .isEmpty();
    scene.work(tree, draft.tasks().get(task));
    boolean hasSubmodule = Files.exists(tree.resolve(Scene.SUBMODULE).resolve(".git"));
    if (hasSubmodule && task == 0 && draft.seed() % 2 == 0) {
      scene.workInSubmodule(tree);
    }
  }

  /**
   * Files that are not as git writes those of a commit. Git itself sees one changed that it wrote a
   * moment before, when line ends in the commit are not what the attributes say.
   */
  private List<String> unlike(Path tree, String commit) throws IOException {
    var unlike = new ArrayList<String>();
    PlainGit there = scene.git().in(tree);
    for (String path : changed(tree(commit), scene.seen(tree))) {
      var written = there.attempt("cat-file", "--filters", commit + ":" + path);
      Path file = tree.resolve(path);
      boolean isSame =
          written.exit() == 0
              && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
              && written.out().equals(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
      if (!path.isEmpty() && !isSame) {
        unlike.add(path);
      }
    }
    return unlike;
  }

  private void join(int task) throws IOException {
    String key = key(task);
    Worktree worktree = integration.existing(key).orElseThrow();
    String seen = scene.seen(worktree.folder());
    Optional<Work> work = integration.keep(worktree, key, key);
    assertThat(work.map(Work::commit).isPresent())
        .as("seed %d: %s has work", draft.seed(), key)
        .isEqualTo(!seen.equals(tree(worktree.base())));
    if (work.isEmpty()) {
      return;
    }
    String commit = work.get().commit();
    assertThat(tree(commit)).as("seed %d: work of %s", draft.seed(), key).isEqualTo(seen);

    boolean isLate = !work.get().base().equals(integration.base());
    Optional<String> expected =
        isLate || draft.seed() % 2 == 0 ? checkout.pick(commit) : checkout.merge(commit);
    Joined joined = integration.join(work.get(), key, key);
    if (expected.isEmpty()) {
      assertThat(joined)
          .as("seed %d: join of %s", draft.seed(), key)
          .isInstanceOf(Joined.Conflict.class);
    } else {
      assertThat(joined)
          .as("seed %d: join of %s", draft.seed(), key)
          .isInstanceOf(Joined.Fits.class);
      var fits = (Joined.Fits) joined;
      assertThat(tree(fits.commit()))
          .as("seed %d: tree with %s", draft.seed(), key)
          .isEqualTo(expected.get());
      integration.advance(fits);
    }
  }

  // --- delivery ---

  private void deliver() throws IOException {
    String from =
        integration.refs().read(integration.refs().delivered()).orElse(integration.base());
    String to = integration.head();
    Map<String, String> kept = lab.kept();
    Map<String, String> files = lab.files();
    String head = gitOfCheckout().run("rev-parse", "HEAD");
    String now = checkout.commit(scene.seen(lab.top()), from);
    checkout.begin(now);
    Optional<String> expected = checkout.merge(to);

    var log = new ArrayList<Change>();
    Delivery.Outcome outcome = outcome(log);
    switch (outcome) {
      case Delivery.Outcome.Nothing _ ->
          assertThat(to).as("seed %d: nothing to bring", draft.seed()).isEqualTo(from);
      case Delivery.Outcome.Kept left -> {
        assertThat(expected.isPresent() && !isInTheWay(left, now, expected.get()))
            .as(
                "seed %d: kept for no reason: %s, to change %s",
                draft.seed(), left, changed(now, expected.orElse(now)))
            .isFalse();
        assertThat(lab.files()).as("seed %d: files after", draft.seed()).isEqualTo(files);
        assertThat(tree(integration.refs().work()))
            .as("seed %d: what is kept", draft.seed())
            .isEqualTo(tree(to));
      }
      case Delivery.Outcome.Delivered delivered -> {
        assertThat(expected).as("seed %d: delivered", draft.seed()).isPresent();
        verify(now, expected.get(), files, delivered);
      }
    }
    assertThat(lab.kept()).as("seed %d: kept after", draft.seed()).isEqualTo(kept);
    assertThat(scene.git().run("fsck", "--no-progress", "--no-dangling"))
        .as("seed %d: fsck", draft.seed())
        .isEmpty();
    checkout.begin(head);
  }

  /** Brings the work; in some cases the program ends on the way and another one goes on. */
  private Delivery.Outcome outcome(List<Change> log) throws IOException {
    if (!scene.has(Trait.CRASH)) {
      return new Delivery(integration, log::addAll).toWorkingTree();
    }
    var delivery =
        new Delivery(
            integration,
            changes -> {
              log.addAll(changes);
              throw new GitException("ended on the way");
            });
    try {
      return delivery.toWorkingTree();
    } catch (GitException e) {
      Assertions.assertThat(e).as("seed %d", draft.seed()).hasMessage("ended on the way");
    }
    assertThat(delivery.redo(log)).as("seed %d: strange files", draft.seed()).isEmpty();
    // Which submodules stayed out, nobody was told.
    return new Delivery.Outcome.Delivered(log, List.of(Scene.SUBMODULE));
  }

  /** Whether something stands at a changed path, or above it, that git does not know of. */
  private boolean isInTheWay(Delivery.Outcome.Kept kept, String now, String tree)
      throws IOException {
    if (!kept.reason().endsWith("is in the way")) {
      return false;
    }
    Set<String> known =
        Set.of(gitOfCheckout().run("ls-tree", "-r", "-z", "--name-only", now).split("\0"));
    return lab.files().keySet().stream()
        .filter(name -> !known.contains(name))
        .anyMatch(name ->
            changed(now, tree).stream()
                .anyMatch(
                    path -> (path + "/").startsWith(name + "/") || name.startsWith(path + "/")));
  }

  private List<String> changed(String from, String to) {
    try {
      return List.of(
          gitOfCheckout()
              .run("-c", "core.quotePath=false", "diff-tree", "-r", "-z", "--name-only", from, to)
              .split("\0"));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private void verify(
      String now, String tree, Map<String, String> files, Delivery.Outcome.Delivered delivered)
      throws IOException {
    Map<String, String> after = lab.files();
    Map<String, String> wanted = GitLab.files(checkout.folder());
    var changed = new TreeSet<>(changed(now, tree));
    changed.remove("");
    for (String path : changed) {
      if (!path.equals(Scene.SUBMODULE)) {
        assertThat(after.get(path))
            .as("seed %d: bytes of %s", draft.seed(), path)
            .isEqualTo(wanted.get(path));
      }
    }
    var differing = new TreeSet<String>();
    for (Map<String, String> side : List.of(files, after)) {
      side.keySet().stream()
          .filter(name -> !Objects.equals(files.get(name), after.get(name)))
          .forEach(differing::add);
    }
    assertThat(changed).as("seed %d: files that changed", draft.seed()).containsAll(differing);
    if (delivered.submodules().isEmpty()) {
      verifySeen(tree, files, after, wanted);
    }
  }

  /**
   * Ignore rules and attributes that change let git see a file anew that nobody touched, or that is
   * as git itself wrote it.
   */
  private void verifySeen(
      String tree,
      Map<String, String> before,
      Map<String, String> after,
      Map<String, String> wanted)
      throws IOException {
    var differing = new TreeSet<>(changed(tree, scene.seen(lab.top())));
    differing.remove("");
    differing.removeIf(path -> Objects.equals(before.get(path), after.get(path)));
    differing.removeIf(path -> Objects.equals(wanted.get(path), after.get(path)));
    assertThat(differing).as("seed %d: tree after", draft.seed()).isEmpty();
  }

  // --- what is left ---

  private void clearAway() throws IOException {
    for (int i = 0; i < draft.tasks().size(); i++) {
      integration.existing(key(i)).orElseThrow().remove();
    }
    integration.tidy();
    integration.forget();
    assertThat(scene.git().run("for-each-ref", "refs/braid"))
        .as("seed %d: refs", draft.seed())
        .isEmpty();
    assertThat(scene.git().run("worktree", "list").lines())
        .as("seed %d: worktrees", draft.seed())
        .hasSize(1);
    assertThat(scene.git().run("fsck", "--no-progress", "--no-dangling"))
        .as("seed %d: fsck", draft.seed())
        .isEmpty();
  }
}

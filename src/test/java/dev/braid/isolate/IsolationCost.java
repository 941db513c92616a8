package dev.braid.isolate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Times each step of one task's life in a worktree, beside {@code git worktree add} alone. A
 * program of its own, which {@code bench/isolate.py} calls: {@code IsolationCost <repository>
 * <folder for worktrees> <rounds>}. It prints a line for each measurement: round, step,
 * milliseconds.
 *
 * <p>Worktrees stay until the caller deletes all of them: file systems pass over what was freed in
 * the last seconds, so removing thousands of files just before a round would be what is measured.
 */
final class IsolationCost {
  private static final String KEY = "t1";

  /** What the task does: every so many files of the repository is changed, and so many deleted. */
  private static final int CHANGED_EACH = 1_000;

  private static final int DELETED_EACH = 10_000;
  private static final int ADDED = 5;

  private final Repository user;
  private final Path worktrees;
  private final List<String> files;

  private IsolationCost(Repository user, Path worktrees) throws IOException {
    this.user = user;
    this.worktrees = worktrees;
    this.files = user.git().run("ls-files", "-z").parts();
  }

  public static void main(String[] arguments) throws Exception {
    Path top = Path.of(arguments[0]);
    if (!(Repository.find(top, System.getenv()) instanceof Repository.Found.Inside(var user, _))) {
      throw new IllegalArgumentException("no repository: " + top);
    }
    var cost = new IsolationCost(user, Path.of(arguments[1]));
    // The first round warms up Java and the cache of the system; it counts for nothing.
    for (int round = 0; round <= Integer.parseInt(arguments[2]); round++) {
      boolean gitFirst = round % 2 == 0;
      if (gitFirst) {
        cost.git(round);
      }
      cost.braid(round);
      if (!gitFirst) {
        cost.git(round);
      }
    }
  }

  private interface Step<T> {
    T run() throws IOException;
  }

  private static <T> T timed(int round, String step, Step<T> run) throws IOException {
    long begin = System.nanoTime();
    T result = run.run();
    double millis = (System.nanoTime() - begin) / 1e6;
    if (round > 0) {
      System.out.printf("%d %s %.1f%n", round, step, millis);
    }
    return result;
  }

  private void git(int round) throws Exception {
    settle();
    String folder = worktrees.resolve("git-" + round).toString();
    timed(round, "git", () -> user.git().run("worktree", "add", "--detach", folder, "HEAD"));
  }

  private void braid(int round) throws Exception {
    settle();
    var integration =
        new Integration(user, "bench-%06d".formatted(round), worktrees, List.of(), Map.of());
    String base = timed(round, "snapshot", integration::base);
    Worktree worktree = timed(round, "worktree", () -> integration.open(KEY));
    work(worktree.folder(), round);
    finishOther(integration, base);
    settle();
    Work work =
        timed(round, "commit", () -> integration.keep(worktree, KEY, "Do it").orElseThrow());
    timed(
        round,
        "merge",
        () -> {
          var fits = (Joined.Fits) integration.join(work, KEY, "Do it");
          integration.advance(fits);
          return fits;
        });
    var log = new ArrayList<Change>();
    var delivery = new Delivery(integration, log::addAll);
    Delivery.Outcome outcome = timed(round, "delivery", delivery::toWorkingTree);
    if (!(outcome instanceof Delivery.Outcome.Delivered(List<Change> changes, _))
        || changes.size() != work.changes().size() + 1) {
      throw new IllegalStateException("not delivered: " + outcome);
    }
    delivery.undo(log);
  }

  /** What a task writes; not measured. */
  private void work(Path tree, int round) throws IOException {
    for (int i = 0; i < files.size(); i++) {
      Path file = tree.resolve(files.get(i));
      if (i % DELETED_EACH == 1) {
        Files.delete(file);
      } else if (i % CHANGED_EACH == 0) {
        Files.writeString(file, Files.readString(file) + "round " + round + "\n");
      }
    }
    for (int i = 0; i < ADDED; i++) {
      GitLab.write(tree, "added/by-task-" + i + ".txt", "round " + round + "\n");
    }
  }

  /** Another task was faster, so that there is something to merge with; not measured. */
  private void finishOther(Integration integration, String base) throws IOException {
    try (PrivateIndex index = PrivateIndex.of(user, base)) {
      String blob = user.git().run(new byte[] {'x'}, "hash-object", "-w", "--stdin").text();
      index.git().run("update-index", "--add", "--cacheinfo", "100644," + blob + ",other.txt");
      String commit = Commits.make(user.git(), index.writeTree(), "Other", List.of(base));
      integration.advance(new Joined.Fits(commit, base));
    }
  }

  /**
   * Nobody pays for what was done just before: all is written to disk, a task takes a while, and
   * the user's git knows its files as it does after any {@code git status}.
   */
  private void settle() throws Exception {
    // Git trusts no file that is as young as its index, to the second.
    Thread.sleep(1_100);
    new ProcessBuilder("git", "-C", user.top().toString(), "status", "--short")
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
    new ProcessBuilder("sync").start().waitFor();
  }
}

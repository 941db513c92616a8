package dev.braid.isolate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many tasks of several runs and the user, all in one repository at the same time. */
class ManyWorktreesTest {
  private static final int RUNS = 4;
  private static final int TASKS_OF_A_RUN = 4;
  private static final int WORKTREES = RUNS * TASKS_OF_A_RUN;

  /** Lines of a part of the shared file; so many that changes of neighbours do not touch. */
  private static final int LINES_OF_A_PART = 5;

  private static final int DEADLINE_SECONDS = 120;

  @TempDir Path folder;
  private GitLab lab;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @BeforeEach
  void begin() throws IOException {
    lab = new GitLab(folder);
    lab.git("config", "gc.autoDetach", "false");
    lab.write("shared.txt", shared("before"));
    for (int i = 0; i < 50; i++) {
      lab.write("src/part" + i % 7 + "/File" + i + ".txt", "file " + i + "\n");
    }
    lab.commit("Begin");
    lab.write("uncommitted.txt", "not committed\n");
  }

  @AfterEach
  void end() throws InterruptedException {
    threads.shutdownNow();
    assertThat(threads.awaitTermination(DEADLINE_SECONDS, TimeUnit.SECONDS)).isTrue();
  }

  /** A part for each task, whose first line is its own. */
  private static String shared(String first) {
    var text = new StringBuilder();
    for (int i = 0; i < WORKTREES; i++) {
      text.append(first).append(' ').append(i).append('\n');
      for (int line = 1; line < LINES_OF_A_PART; line++) {
        text.append("line ").append(line).append(" of part ").append(i).append('\n');
      }
    }
    return text.toString();
  }

  @Test
  void sixteen_worktrees_come_and_go_while_the_user_commits_and_nobody_meets_a_lock()
      throws Exception {
    List<Integration> integrations =
        IntStream.range(0, RUNS).mapToObj(this::integrationOf).toList();
    var user = new User(lab, this::lookAndCommit);
    Future<Integer> commits = threads.submit(user);
    try {
      var together = new CyclicBarrier(WORKTREES);
      var tasks = new ArrayList<Callable<Joined>>();
      for (int i = 0; i < WORKTREES; i++) {
        int task = i;
        tasks.add(() -> work(integrations.get(task % RUNS), task, together));
      }
      assertThat(all(tasks)).allMatch(Joined.Fits.class::isInstance);
      assertThat(all(integrations.stream().map(ManyWorktreesTest::delivery).toList()))
          .allMatch(Delivery.Outcome.Delivered.class::isInstance);
    } finally {
      user.goHome();
    }

    int made = commits.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
    assertThat(user.complaints).isEmpty();
    assertThat(made).isPositive();
    assertThat(lab.git("log", "--reverse", "--format=%s").lines().skip(1))
        .containsExactlyElementsOf(
            IntStream.rangeClosed(1, made).mapToObj(n -> "Mine " + n).toList());
    assertThat(lab.read("shared.txt")).isEqualTo(shared("after"));
    assertThat(lab.read("uncommitted.txt")).isEqualTo("not committed\n");
    for (int i = 0; i < WORKTREES; i++) {
      assertThat(lab.read("new/" + i + ".txt")).isEqualTo("of task " + i + "\n");
      assertThat(lab.top().resolve("src/part" + i % 7 + "/File" + i + ".txt")).doesNotExist();
    }
    assertThat(lab.git("worktree", "list", "--porcelain").lines())
        .filteredOn(line -> line.startsWith("worktree "))
        .containsExactly("worktree " + lab.top());
    assertThat(Lease.all(lab.worktrees())).isEmpty();
    assertThat(lab.git("for-each-ref", "refs/braid/runs")).isEmpty();
    assertThat(lab.git("fsck", "--no-progress", "--no-dangling")).isEmpty();
  }

  @Test
  void worktrees_come_and_go_while_the_user_tidies_what_git_keeps_of_them() throws Exception {
    Integration integration = integrationOf(1);
    var user = new User(lab, _ -> List.of(List.of("worktree", "prune", "--expire=now")));
    Future<Integer> rounds = threads.submit(user);
    try {
      var tasks = new ArrayList<Callable<Integer>>();
      for (int i = 0; i < TASKS_OF_A_RUN; i++) {
        String key = "t" + i;
        tasks.add(() -> comeAndGo(integration, key));
      }
      assertThat(all(tasks)).hasSize(TASKS_OF_A_RUN);
    } finally {
      user.goHome();
    }

    assertThat(rounds.get(DEADLINE_SECONDS, TimeUnit.SECONDS)).isPositive();
    // Git itself lets a prune meet a worktree that it is just making, and says so; no more than
    // that.
    assertThat(user.complaints).allMatch(each -> each.contains(" exits with 0: "));
    assertThat(lab.git("worktree", "list").lines()).hasSize(1);
    assertThat(lab.top().resolve(".git/braid")).isEmptyDirectory();
  }

  private static int comeAndGo(Integration integration, String key) throws IOException {
    int times = 8;
    for (int i = 0; i < times; i++) {
      Worktree worktree = integration.open(key);
      GitLab.write(worktree.folder(), key + ".txt", "time " + i + "\n");
      assertThat(integration.keep(worktree, key, key)).isPresent();
      worktree.remove();
    }
    return times;
  }

  private List<List<String>> lookAndCommit(int number) {
    String file = "mine/" + number + ".txt";
    write(file);
    return List.of(
        List.of("status", "--short"),
        List.of("add", file),
        List.of("commit", "-q", "-m", "Mine " + number),
        List.of("status"));
  }

  private void write(String file) {
    try {
      lab.write(file, "mine\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Integration integrationOf(int run) {
    try {
      return lab.integration("01990000-0000-7000-8000-00000000000" + run);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The whole life of one task; all worktrees stand at the same time. */
  private static Joined work(Integration integration, int task, CyclicBarrier together)
      throws Exception {
    String key = "t" + task;
    Worktree worktree = integration.open(key);
    Path tree = worktree.folder();
    together.await(DEADLINE_SECONDS, TimeUnit.SECONDS);
    GitLab.write(tree, "new/" + task + ".txt", "of task " + task + "\n");
    Path shared = tree.resolve("shared.txt");
    String text = Files.readString(shared);
    Files.writeString(shared, text.replace("before " + task + "\n", "after " + task + "\n"));
    Files.delete(tree.resolve("src/part" + task % 7 + "/File" + task + ".txt"));
    Work work = integration.keep(worktree, key, "Do " + key).orElseThrow();
    Joined joined;
    synchronized (integration) {
      joined = integration.join(work, key, "Do " + key);
      if (joined instanceof Joined.Fits fits) {
        integration.advance(fits);
      }
    }
    worktree.remove();
    return joined;
  }

  private static Callable<Delivery.Outcome> delivery(Integration integration) {
    return () -> {
      Delivery.Outcome outcome = new Delivery(integration, _ -> {}).toWorkingTree();
      integration.tidy();
      return outcome;
    };
  }

  /** Does all of it at the same time; throws what the first one throws. */
  private <T> List<T> all(List<Callable<T>> calls)
      throws InterruptedException, ExecutionException, TimeoutException {
    List<Future<T>> futures = calls.stream().map(threads::submit).toList();
    var results = new ArrayList<T>();
    for (Future<T> future : futures) {
      results.add(future.get(DEADLINE_SECONDS, TimeUnit.SECONDS));
    }
    return results;
  }

  /** Does the same again and again, by git as it is, which waits for no lock of an index. */
  private static final class User implements Callable<Integer> {
    private final GitLab lab;
    private final IntFunction<List<List<String>>> round;
    private final AtomicBoolean isDone = new AtomicBoolean();
    private final List<String> complaints = new ArrayList<>();

    /**
     * One who is not at work yet.
     *
     * @param round what is called in each round, from 1, after it was prepared
     */
    User(GitLab lab, IntFunction<List<List<String>>> round) {
      this.lab = lab;
      this.round = round;
    }

    void goHome() {
      isDone.set(true);
    }

    /** Returns how many rounds were made. */
    @Override
    public Integer call() throws IOException, InterruptedException {
      int number = 0;
      do {
        number++;
        for (List<String> arguments : round.apply(number)) {
          git(arguments);
        }
      } while (!isDone.get());
      return number;
    }

    private void git(List<String> arguments) throws IOException, InterruptedException {
      var command = new ArrayList<>(List.of("git"));
      command.addAll(arguments);
      Path err = lab.top().resolveSibling("user.err");
      var builder =
          new ProcessBuilder(command)
              .directory(lab.top().toFile())
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(err.toFile());
      builder.environment().clear();
      builder.environment().putAll(lab.environment());
      Process process = builder.start();
      if (!process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(command + " does not end");
      }
      String said = Files.readString(err, StandardCharsets.UTF_8);
      if (process.exitValue() != 0 || !said.isEmpty()) {
        complaints.add(command + " exits with " + process.exitValue() + ": " + said);
      }
    }
  }
}

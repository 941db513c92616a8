package dev.braid.cli;

import dev.braid.config.Settings;
import dev.braid.run.Engine;
import dev.braid.run.Replay;
import dev.braid.run.RunFile;
import dev.braid.run.RunId;
import dev.braid.run.RunStore;
import dev.braid.run.Takeover;
import dev.braid.run.Wishes;
import dev.braid.task.TaskId;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code braid cancel RUN [TASK...]}: ends tasks, whoever runs them. */
@Command(name = "cancel", description = "Ends a run, or some of its tasks.")
final class CancelCommand implements Callable<Integer> {
  private static final Duration LOOK = Duration.ofMillis(100);

  /** Between TERM and KILL a task has 10 s; its owner needs a little more. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Invocation invocation;

  @Mixin private RunArgument run = new RunArgument();

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "TASK",
      description = "Tasks to end (default: all).")
  private List<String> tasks = new ArrayList<>();

  CancelCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    var store = new RunStore(invocation.places());
    RunId id = run.find(store);
    List<TaskId> ids = ids(RunArgument.file(store, id));
    if (Replay.of(store.folder(id)).status().isPresent()) {
      invocation.err().println("braid: run " + id.shortForm() + " has ended already");
      return ExitCode.GOOD;
    }
    byte[] name = new byte[8];
    invocation.random().nextBytes(name);
    Wishes.cancel(store.folder(id), ids, java.util.HexFormat.of().formatHex(name));
    if (store.isOwned(id)) {
      return awaitOwner(store, id, ids);
    }
    return cancelHere(store, id);
  }

  private List<TaskId> ids(RunFile file) {
    var ids = new ArrayList<TaskId>();
    for (String task : tasks) {
      if (file.tasks().stream().noneMatch(each -> each.id().value().equals(task))) {
        throw new Failed(
            ExitCode.BAD_INPUT,
            "run " + file.id().shortForm() + " has no task " + Printable.cut(task, 60));
      }
      ids.add(new TaskId(task));
    }
    return ids;
  }

  private int awaitOwner(RunStore store, RunId id, List<TaskId> ids)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      boolean owned = store.isOwned(id);
      Replay replay = Replay.of(store.folder(id));
      boolean ended =
          ids.isEmpty() ? replay.status().isPresent() : replay.results().keySet().containsAll(ids);
      if (ended) {
        return said(id, ids);
      }
      if (!owned) {
        return cancelHere(store, id);
      }
      Thread.sleep(LOOK);
    }
    throw new Failed(
        ExitCode.UNAVAILABLE,
        "cancelling run "
            + id.shortForm()
            + ": its owner did not answer in "
            + PATIENCE.toSeconds()
            + " s; the wish is kept");
  }

  /** Nobody runs it: it is taken up here, and the wish is the first thing that is granted. */
  private int cancelHere(RunStore store, RunId id) throws IOException {
    Settings settings = Planning.settings(invocation, null);
    Progress progress = Takeovers.progress(invocation, store, id);
    try (Engine engine = Engines.open(invocation, settings)) {
      Following following = new Following(invocation, false).listen();
      Takeover takeover = engine.takeUp(id, invocation.environment(), progress);
      int _ = Takeovers.follow(following, id, takeover, progress);
      return ExitCode.GOOD;
    }
  }

  private int said(RunId id, List<TaskId> ids) {
    String what = ids.isEmpty() ? "" : ": " + String.join(", ", tasks);
    invocation.err().println("braid: cancelled run " + id.shortForm() + what);
    return ExitCode.GOOD;
  }
}

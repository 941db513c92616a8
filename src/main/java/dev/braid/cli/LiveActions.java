package dev.braid.cli;

import dev.braid.client.DaemonClient;
import dev.braid.run.RunCall;
import dev.braid.run.RunEvent;
import dev.braid.run.RunId;
import dev.braid.run.RunStore;
import dev.braid.run.Wishes;
import dev.braid.task.TaskId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** What the live view does for a person, each as the command of that name; says what came of it. */
final class LiveActions {
  private final Invocation invocation;
  private final RunStore store;

  LiveActions(Invocation invocation, RunStore store) {
    this.invocation = invocation;
    this.store = store;
  }

  /** Does it; may take as long as the daemon needs to answer. */
  String act(LiveState.Request request) {
    try {
      return switch (request) {
        case LiveState.Request.Cancel(RunId run, List<TaskId> tasks) -> cancel(run, tasks);
        case LiveState.Request.Retry(RunId run) -> retry(run);
        case LiveState.Request.Open(RunId run, TaskId task) -> open(run, task);
        case LiveState.Request.Nothing _, LiveState.Request.Quit _ -> "";
      };
    } catch (IOException e) {
      return "that did not work: " + e.getMessage();
    }
  }

  private String cancel(RunId run, List<TaskId> tasks) throws IOException {
    String what =
        tasks.isEmpty()
            ? "run " + run.shortForm()
            : "task " + String.join(", ", tasks.stream().map(TaskId::value).toList());
    if (store.isOwned(run)) {
      wish(run, tasks);
      return "cancelling " + what;
    }
    Optional<DaemonClient> daemon = Daemons.ours(invocation);
    if (daemon.isEmpty()) {
      return "nobody runs it; type: braid cancel "
          + run.shortForm()
          + (tasks.isEmpty() ? "" : " " + tasks.getFirst());
    }
    wish(run, tasks);
    RunEvent.Answered answered = daemon.get().handOver(run);
    return answered.answer().equals("unusable") ? answered.detail() : "cancelling " + what;
  }

  private void wish(RunId run, List<TaskId> tasks) throws IOException {
    byte[] name = new byte[8];
    invocation.random().nextBytes(name);
    Wishes.cancel(store.folder(run), tasks, HexFormat.of().formatHex(name));
  }

  private String retry(RunId run) throws IOException {
    Optional<DaemonClient> daemon = Daemons.ours(invocation);
    if (daemon.isEmpty()) {
      return "no daemon runs; type: braid retry " + run.shortForm();
    }
    RunCall call = new RunCall(RunCall.Verb.RETRY, invocation.environment(), null, false);
    RunEvent.Answered answered = daemon.get().handOver(run, call);
    return switch (answered.answer()) {
      case "unusable" -> answered.detail();
      case "owned" -> "run " + run.shortForm() + " is run by " + answered.detail();
      case "finished" -> "nothing to retry in run " + run.shortForm();
      default -> "running again what did not succeed in run " + run.shortForm();
    };
  }

  /** As {@code braid open}, on a terminal that is free; what that complains of is told later. */
  private String open(RunId run, TaskId task) {
    var complaints = new ByteArrayOutputStream();
    var quiet =
        new Invocation(
            invocation.environment(),
            invocation.cwd(),
            invocation.userHome(),
            invocation.out(),
            new PrintStream(complaints, true, StandardCharsets.UTF_8),
            invocation.terminal(),
            invocation.clock(),
            invocation.random());
    int _ = Main.execute(quiet, "open", run.value(), task.value());
    return complaints.toString(StandardCharsets.UTF_8).replaceFirst("^braid: ", "").strip();
  }
}

package dev.braid.cli;

import dev.braid.run.RunId;
import dev.braid.run.RunStore;
import dev.braid.store.LineTail;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code braid logs [RUN [TASK]]}: what the daemon did, a run, or the attempts at a task. */
@Command(
    name = "logs",
    description = "Shows the log, the story of a run, or what the attempts at a task printed.")
final class LogsCommand implements Callable<Integer> {
  private static final Duration LOOK = Duration.ofMillis(200);

  /** So much of the end of the log is looked at, in bytes. */
  private static final int TAIL_BYTES = 1 << 20;

  private static final int MAX_LINE_BYTES = 16 << 10;

  private final Invocation invocation;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "RUN",
      description = "A run: its id or the end of it (default: the daemon's log).")
  private @Nullable String run;

  @Parameters(index = "1", arity = "0..1", paramLabel = "TASK", description = "One task of it.")
  private @Nullable String task;

  @Option(
      names = {"-f", "--follow"},
      description = "Go on with what is new, until the run or the task ends, or Ctrl-C.")
  private boolean follow;

  @Option(
      names = "--lines",
      paramLabel = "N",
      description = "So many of the last lines, of each output (default: ${DEFAULT-VALUE}).")
  private int lines = 100;

  LogsCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (run == null) {
      printLog();
      return ExitCode.GOOD;
    }
    var store = new RunStore(invocation.places());
    RunId id = RunArgument.find(store, run);
    var printer = new StoryPrinter(invocation, store, id, lines);
    if (task == null) {
      printer.printRun(follow);
    } else {
      printer.printTask(TaskArgument.find(RunArgument.file(store, id), task), follow);
    }
    return ExitCode.GOOD;
  }

  /** When the log is full, its file becomes another one. */
  private void printLog() throws IOException, InterruptedException {
    Path file = Planning.settings(invocation, null).monitoring().logFile();
    var out = LastLines.of(invocation.out(), lines);
    LineTail log = LineTail.of(file, TAIL_BYTES, MAX_LINE_BYTES);
    log.advance(line -> out.add("", line));
    out.flow();
    while (follow && !invocation.out().checkError()) {
      Thread.sleep(LOOK);
      log = log.hasShrunk() ? LineTail.of(file, Long.MAX_VALUE, MAX_LINE_BYTES) : log;
      log.advance(line -> out.add("", line));
    }
  }
}

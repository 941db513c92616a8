package dev.braid.cli;

import dev.braid.claude.Transcripts;
import dev.braid.config.Settings;
import dev.braid.process.Foreground;
import dev.braid.result.TaskResult;
import dev.braid.run.Replay;
import dev.braid.run.RunFile;
import dev.braid.run.RunId;
import dev.braid.run.RunStore;
import dev.braid.store.RunFolder;
import dev.braid.task.Task;
import dev.braid.task.TaskId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code braid open RUN TASK}: goes on talking to the worker of a task. */
@Command(name = "open", description = "Opens the conversation of a task in Claude Code.")
final class OpenCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Mixin private RunArgument run = new RunArgument();

  @Parameters(index = "1", paramLabel = "TASK", description = "A task done by a model.")
  private String task = "";

  @Option(
      names = "--print",
      description = "Only put the conversation back, and print the command that opens it.")
  private boolean print;

  OpenCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws IOException {
    Settings settings = Planning.settings(invocation, null);
    var store = new RunStore(invocation.places());
    RunId id = run.find(store);
    RunFile file = RunArgument.file(store, id);
    Task wanted = TaskArgument.find(file, task);
    TaskResult result = Replay.of(store.folder(id)).results().get(wanted.id());
    String session = result == null ? null : result.sessionId();
    if (session == null) {
      throw refusal(
          id, "has no conversation of task " + wanted.id() + (result == null ? " yet" : ""));
    }
    Path cwd = RunFile.folderOf(wanted, file.cwd());
    putBack(store.folder(id), wanted.id(), session, cwd);
    List<String> command = List.of(settings.claudeCommand(), "--resume=" + session);
    if (print) {
      invocation
          .out()
          .println(
              "cd "
                  + ShellWord.of(cwd.toString())
                  + " && "
                  + String.join(" ", command.stream().map(ShellWord::of).toList()));
      return ExitCode.GOOD;
    }
    return Foreground.run(command, cwd);
  }

  private static Failed refusal(RunId id, String what) {
    return new Failed(ExitCode.BAD_INPUT, "run " + id.shortForm() + " " + what);
  }

  /** From the folder of the last attempt that has it, unless Claude Code has it already. */
  private void putBack(RunFolder folder, TaskId id, String session, Path cwd) throws IOException {
    var transcripts = new Transcripts(invocation.places().transcripts());
    if (transcripts.find(session).isPresent()) {
      return;
    }
    int attempt = 1;
    while (Files.isDirectory(folder.attempt(id, attempt + 1))) {
      attempt++;
    }
    Path transcript = folder.transcript(id, attempt);
    if (!Files.exists(transcript)) {
      throw new Failed(ExitCode.BAD_INPUT, "the conversation of task " + id + " is gone");
    }
    transcripts.putBack(session, transcript, cwd);
  }
}

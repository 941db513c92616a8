package dev.braid.run;

import dev.braid.claude.Transcripts;
import dev.braid.claude.WorkerCommand;
import dev.braid.claude.WorkerCommand.Conversation;
import dev.braid.claude.WorkerPrompt;
import dev.braid.config.TaskSettings;
import dev.braid.process.AttemptFolder;
import dev.braid.process.Launch;
import dev.braid.result.ResultSchemas;
import dev.braid.store.AtomicFile;
import dev.braid.store.AtomicFile.Durability;
import dev.braid.task.Task;
import dev.braid.task.TaskType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Starts Claude Code for the prompt of a task.
 *
 * @param root the folder it works in
 * @param origin the user's tree, when the root is in a copy of it; null when it is not
 */
record WorkerLauncher(
    Assignment assignment,
    Path root,
    @Nullable Path origin,
    RunFile file,
    CallerEnvironment environment,
    Transcripts transcripts)
    implements Launcher {

  /**
   * What one attempt is to do, as it stands when it starts.
   *
   * @param settings of the task
   * @param budgetUsd the most it may spend
   * @param fork what a first attempt starts from; null for its prompt alone
   * @param blockers what the tasks before it produced
   * @param others tasks of the run that other workers do
   * @param interruption why the last attempt broke off; null for a first one
   */
  record Assignment(
      Task task,
      TaskType type,
      TaskSettings settings,
      double budgetUsd,
      @Nullable ForkPoint fork,
      List<WorkerPrompt.Blocker> blockers,
      List<String> others,
      @Nullable String interruption) {}

  @Override
  public Launch launch(Entry.Starting starting, AttemptFolder folder) throws IOException {
    String session = Objects.requireNonNull(starting.session(), "a worker has a session");
    Conversation conversation = conversation(session);
    Path prompt = folder.path().resolve("prompt");
    AtomicFile.write(prompt, prompt(conversation), Durability.PROGRAM);
    return new Launch(
        folder,
        command(conversation).line(),
        root,
        prompt,
        ChildEnvironment.of(environment, file, starting));
  }

  /**
   * A later attempt goes on where the earlier one broke off, if that got as far as to say a word.
   */
  private Conversation conversation(String session) throws IOException {
    if (assignment.interruption() != null && transcripts.find(session).isPresent()) {
      return new Conversation.Continued(session);
    }
    return first(session);
  }

  /** What a first attempt starts from. */
  Conversation first(String session) {
    ForkPoint from = assignment.fork();
    return from == null
        ? new Conversation.New(session)
        : new Conversation.Forked(session, from.session(), from.upTo());
  }

  WorkerCommand command(Conversation conversation) {
    TaskSettings settings = assignment.settings();
    return new WorkerCommand(
        file.options().settings().claudeCommand(),
        conversation,
        settings.model(),
        settings.agent(),
        settings.permissionMode(),
        settings.allowedTools(),
        assignment.budgetUsd(),
        ResultSchemas.line(assignment.type()),
        origin == null ? List.of() : List.of(origin));
  }

  String prompt(Conversation conversation) {
    Task task = assignment.task();
    String interruption = assignment.interruption();
    if (conversation instanceof Conversation.Continued && interruption != null) {
      return WorkerPrompt.goOn(task.id().value(), interruption);
    }
    return new WorkerPrompt(
            task.id().value(),
            task.subject(),
            String.valueOf(task.work().prompt()),
            task.needs().skill(),
            assignment.blockers(),
            assignment.others(),
            root,
            origin,
            assignment.settings().timeoutSeconds(),
            assignment.budgetUsd(),
            conversation instanceof Conversation.Forked)
        .text();
  }
}

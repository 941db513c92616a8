package dev.braid.run;

import dev.braid.claude.Transcripts;
import dev.braid.claude.WorkerCommand;
import dev.braid.claude.WorkerCommand.Conversation;
import dev.braid.claude.WorkerPrompt;
import dev.braid.config.TaskSettings;
import dev.braid.isolate.Worktree;
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
 * @param copy of the user's tree that the root is in; null when it is in the tree itself
 */
record WorkerLauncher(
    Assignment assignment,
    Path root,
    @Nullable Copy copy,
    RunFile file,
    CallerEnvironment environment,
    Transcripts transcripts,
    Provisioning provisioning)
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

  /**
   * A copy of the user's tree.
   *
   * @param origin the top of the tree
   * @param top of the copy
   */
  record Copy(Path origin, Path top) {}

  @Override
  public Launch launch(Entry.Starting starting, AttemptFolder folder) throws IOException {
    String session = Objects.requireNonNull(starting.session(), "a worker has a session");
    Conversation conversation = conversation(session);
    Provisioning.Provision provision =
        provisioning.of(assignment.task(), assignment.settings().agent(), root);
    Path prompt = folder.path().resolve("prompt");
    AtomicFile.write(
        prompt,
        prompt(conversation, provision, copy == null ? List.of() : Worktree.unsettled(copy.top())),
        Durability.PROGRAM);
    Path agents = folder.path().resolve("agents.json");
    if (!provision.agents().isEmpty()) {
      AtomicFile.write(agents, provision.agents(), Durability.PROGRAM);
    }
    return new Launch(
        folder,
        command(conversation, provision, provision.agents().isEmpty() ? null : agents).line(),
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

  WorkerCommand command(
      Conversation conversation, Provisioning.Provision provision, @Nullable Path agents) {
    TaskSettings settings = assignment.settings();
    return new WorkerCommand(
        file.options().settings().claudeCommand(),
        conversation,
        settings.model(),
        provision.hasAgent() ? settings.agent() : null,
        agents,
        settings.permissionMode(),
        settings.allowedTools(),
        assignment.budgetUsd(),
        ResultSchemas.line(assignment.type()),
        copy == null ? List.of() : List.of(copy.origin()));
  }

  /**
   * @param settle files in which its work stands together with that of others
   */
  String prompt(Conversation conversation, Provisioning.Provision provision, List<String> settle) {
    String unsettled = WorkerPrompt.settle(settle);
    Task task = assignment.task();
    String interruption = assignment.interruption();
    if (conversation instanceof Conversation.Continued && interruption != null) {
      return WorkerPrompt.goOn(task.id().value(), interruption) + unsettled;
    }
    return new WorkerPrompt(
                task.id().value(),
                task.subject(),
                String.valueOf(task.work().prompt()),
                provision.skill(),
                assignment.blockers(),
                assignment.others(),
                root,
                copy == null ? null : copy.origin(),
                assignment.settings().timeoutSeconds(),
                assignment.budgetUsd(),
                conversation instanceof Conversation.Forked)
            .text()
        + unsettled;
  }
}

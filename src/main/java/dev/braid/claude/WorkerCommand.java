package dev.braid.claude;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The command line of a worker: {@code claude -p} that reads its prompt from standard input and
 * writes a stream of JSON lines.
 *
 * <p>Every value is part of its option's own argument ({@code --model=x}), so that no value can be
 * taken for another option, whatever a task says.
 *
 * @param program the program {@code claude}: a name or a path
 * @param conversation what it starts from
 * @param model null for Claude Code's own default
 * @param agent null for none
 * @param agents a file with definitions of agents that win over others; null for none
 * @param permissionMode null for Claude Code's own default
 * @param allowedTools permission rules for what it may do without asking
 * @param budgetUsd the most it may spend
 * @param resultSchema JSON Schema of the result it must return, on one line
 * @param protectedFolders folders in which it may change nothing, in no permission mode; absolute
 */
public record WorkerCommand(
    String program,
    Conversation conversation,
    @Nullable String model,
    @Nullable String agent,
    @Nullable Path agents,
    @Nullable String permissionMode,
    List<String> allowedTools,
    double budgetUsd,
    String resultSchema,
    List<Path> protectedFolders) {
  /** A worker neither writes the task list nor starts fleets of its own. */
  private static final String DISALLOWED_TOOLS = "TaskCreate,TaskUpdate,Workflow";

  public WorkerCommand {
    allowedTools = List.copyOf(allowedTools);
    protectedFolders = List.copyOf(protectedFolders);
  }

  /** What a worker's conversation starts from. Sessions are named by UUID. */
  public sealed interface Conversation {
    /** The session that the worker writes. */
    String session();

    /** It begins with the prompt. */
    record New(String session) implements Conversation {}

    /** It goes on where an earlier attempt stopped. */
    record Continued(String session) implements Conversation {}

    /**
     * It knows what another session knew.
     *
     * @param parent the other session, which does not change
     * @param upTo uuid of the last line of it that the worker sees
     */
    record Forked(String session, String parent, String upTo) implements Conversation {}
  }

  /** Program and arguments. */
  public List<String> line() {
    var line = new ArrayList<String>();
    line.addAll(List.of(program, "-p", "--output-format=stream-json", "--verbose"));
    switch (conversation) {
      case Conversation.New(String session) -> line.add("--session-id=" + session);
      case Conversation.Continued(String session) -> line.add("--resume=" + session);
      case Conversation.Forked(String session, String parent, String upTo) -> {
        line.add("--session-id=" + session);
        line.add("--resume=" + parent);
        line.add("--fork-session");
        line.add("--resume-session-at=" + upTo);
      }
    }
    add(line, "--model", model);
    add(line, "--agent", agent);
    add(line, "--agents", agents == null ? null : agents.toString());
    add(line, "--permission-mode", permissionMode);
    if (!allowedTools.isEmpty()) {
      add(line, "--allowedTools", String.join(",", allowedTools));
    }
    add(line, "--disallowedTools", DISALLOWED_TOOLS);
    add(line, "--max-budget-usd", String.format(Locale.ROOT, "%.4f", budgetUsd));
    add(line, "--json-schema", resultSchema);
    if (!protectedFolders.isEmpty()) {
      add(line, "--settings", ProtectedFolders.settings(protectedFolders));
    }
    return line;
  }

  private static void add(List<String> line, String option, @Nullable String value) {
    if (value != null) {
      line.add(option + "=" + value);
    }
  }
}

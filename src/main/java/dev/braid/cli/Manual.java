package dev.braid.cli;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Writes the manual page {@code braid(1)}, in the macros of man(7). */
record Manual(Described program, String version) {
  private static final String DESCRIPTION =
      """
      Braid takes the tasks of a coding session, sees which can run side by side, runs each as a
      process of its own, keeps every result, and merges the results by kind.
      A task is a command, or a prompt for Claude Code.
      Progress goes to standard error, the result alone to standard output.\
      """;

  String text() {
    var page = new StringBuilder();
    page.append(".\\\" Written by the build.\n");
    page.append(".TH BRAID 1 \"\" \"braid ").append(escaped(version)).append("\" \"Braid\"\n");
    section(page, "NAME", "braid \\- " + escaped(withoutPeriod(program.purpose())));
    section(page, "SYNOPSIS", ".B braid\n.I COMMAND\n[\\fIOPTION\\fR]... [\\fIARGUMENT\\fR]...");
    section(page, "DESCRIPTION", DESCRIPTION);
    section(page, "COMMANDS", "");
    program.all().skip(1).filter(each -> !each.isGroup()).forEach(each -> command(page, each));
    section(page, "OPTIONS OF ALL COMMANDS", "");
    program.commonOptions().forEach(option -> option(page, option));
    table(page, "EXIT STATUS", exits());
    table(page, "FILES", files());
    table(page, "ENVIRONMENT", environment());
    section(page, "SEE ALSO", ".BR claude (1),\n.BR git\\-worktree (1)");
    return page.toString();
  }

  private static void section(StringBuilder page, String title, String body) {
    page.append(".SH ").append(title).append('\n');
    if (!body.isEmpty()) {
      page.append(body).append('\n');
    }
  }

  private static void command(StringBuilder page, Described command) {
    String words = String.join(" ", command.words());
    page.append(".SS ").append(escaped(words)).append('\n');
    page.append(".nh\n\\fB").append(escaped(words)).append("\\fR ");
    page.append(escaped(command.synopsis())).append("\n.hy\n.PP\n");
    page.append(sentence(command.purpose())).append('\n');
    Stream.concat(
            command.parameters().stream().map(ArgSpec.class::cast), command.ownOptions().stream())
        .filter(each -> !Described.meaning(each).isEmpty())
        .forEach(each -> {
          if (each instanceof OptionSpec option) {
            option(page, option);
          } else {
            item(page, "\\fI" + escaped(each.paramLabel()) + "\\fR", Described.meaning(each));
          }
        });
  }

  private static void option(StringBuilder page, OptionSpec option) {
    String names =
        Stream.of(option.names())
            .map(name -> "\\fB" + escaped(name) + "\\fR")
            .collect(Collectors.joining(", "));
    String value =
        Described.takesValue(option) ? " \\fI" + escaped(option.paramLabel()) + "\\fR" : "";
    item(page, names + value, Described.meaning(option));
  }

  private static void table(StringBuilder page, String title, Map<String, String> rows) {
    section(page, title, "");
    rows.forEach((term, meaning) -> item(page, "\\fB" + escaped(term) + "\\fR", meaning));
  }

  private static void item(StringBuilder page, String term, String meaning) {
    page.append(".TP\n").append(term).append('\n').append(sentence(meaning)).append('\n');
  }

  private static Map<String, String> exits() {
    var exits = new LinkedHashMap<Integer, String>();
    exits.put(ExitCode.GOOD, "All went well.");
    exits.put(ExitCode.TASKS_FAILED, "The run ended with tasks that did not succeed.");
    exits.put(ExitCode.USAGE, "The command line is not right.");
    exits.put(ExitCode.BAD_INPUT, "The tasks, or what else was given, cannot be used.");
    exits.put(ExitCode.UNAVAILABLE, "What is needed does not run: the daemon, or a run's owner.");
    exits.put(ExitCode.INTERNAL, "A fault in braid itself.");
    exits.put(ExitCode.CANNOT_WRITE, "Something cannot be read or written.");
    exits.put(ExitCode.PARKED, "The run is parked: it waits for a limit to pass, or for a login.");
    exits.put(ExitCode.BAD_CONFIG, "The configuration is not right.");
    exits.put(ExitCode.INTERRUPTED, "Interrupted by Ctrl-C.");
    return exits.entrySet().stream()
        .collect(
            Collectors.toMap(
                each -> each.getKey().toString(),
                Map.Entry::getValue,
                (first, _) -> first,
                LinkedHashMap::new));
  }

  private static Map<String, String> files() {
    var files = new LinkedHashMap<String, String>();
    files.put("memory/config/parallel-execution-config.json", "The configuration.");
    files.put(
        "memory/temp/parallel-results/RUN/", "A run: its journal, results, merged result, report.");
    files.put("memory/logs/parallel-execution.log", "The log.");
    files.put("memory/tasks/*.json", "Task files; those dropped here are planned and shown.");
    files.put("memory/run/braid/", "The daemon: where it listens, and its secrets.");
    files.put("memory/temp/trash/", "What clean-up removed, for 30 days.");
    files.put("skills/temp/, agents/temp/", "Temporary skills and agents.");
    var below = new LinkedHashMap<String, String>();
    files.forEach((path, meaning) -> below.put(inRoot(path), meaning));
    below.put(".claude/braid.json", "In a repository: what narrows the configuration there.");
    return below;
  }

  private static String inRoot(String paths) {
    return "~/.claude/" + paths.replace(", ", ", ~/.claude/");
  }

  private static Map<String, String> environment() {
    var variables = new LinkedHashMap<String, String>();
    variables.put("CLAUDE_CONFIG_DIR", "The folder that is used in place of ~/.claude.");
    variables.put(
        "BRAID_MODE", "For one session of Claude Code: delegate, advise or off; see its hooks.");
    variables.put(
        "BRAID_RUN_ID, BRAID_TASK_ID, BRAID_ATTEMPT, BRAID_SLOT, BRAID_PORT_BASE",
        "Set for each task: what it is part of, and ports that no other task of the run is given.");
    variables.put("XDG_CACHE_HOME", "Worktrees are made below it; ~/.cache where it is not set.");
    variables.put("XDG_RUNTIME_DIR", "Where environments of sessions are kept, when it is set.");
    variables.put("JAVA_HOME", "Only in a clone: the JDK that builds and runs the program.");
    return variables;
  }

  private static String withoutPeriod(String sentence) {
    String text = sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    return text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
  }

  /** A line of text, which must not begin as a request does. */
  private static String sentence(String text) {
    String line = escaped(text);
    return line.startsWith(".") || line.startsWith("'") ? "\\&" + line : line;
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\e")
        .replace("-", "\\-")
        .replace("'", "\\(aq")
        .replace("~", "\\(ti")
        .replace("^", "\\(ha");
  }
}

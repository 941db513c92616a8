package dev.braid.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.ColorScheme;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The program {@code braid}. */
@Command(
    name = "braid",
    description = "Runs the tasks of a coding session side by side, durably.",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    versionProvider = Version.class)
public final class Main implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Show where in the program a failure came from.")
  private boolean debug;

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "name a command");
  }

  public static void main(String[] arguments) {
    Invocation invocation = Invocation.ofThisProcess();
    Thread.setDefaultUncaughtExceptionHandler(new Uncaught(invocation, Main::end));
    System.exit(execute(invocation, arguments));
  }

  /** Ends this process, if need be without what is done before the end. */
  private static void end(int code) {
    try {
      System.exit(code);
    } finally {
      // It did not end: there is no memory even for that.
      Runtime.getRuntime().halt(code);
    }
  }

  /** Runs one command and returns its exit code. */
  static int execute(Invocation invocation, String... arguments) {
    var main = new Main();
    CommandLine line = commandLine(main, invocation, arguments);
    line.setExecutionExceptionHandler((failure, _, _) -> {
      if (failure instanceof CommandLine.ExecutionException
          && failure.getCause() instanceof Error e) {
        throw e;
      }
      if (main.debug) {
        failure.printStackTrace(invocation.err());
      }
      return fail(invocation, failure);
    });
    return line.execute(arguments);
  }

  private static Map<String, Function<Invocation, Object>> commands() {
    var commands = new LinkedHashMap<String, Function<Invocation, Object>>();
    commands.put("plan", PlanCommand::new);
    commands.put("run", RunCommand::new);
    commands.put("exec", ExecCommand::new);
    commands.put("wait", WaitCommand::new);
    commands.put("cancel", CancelCommand::new);
    commands.put("retry", RetryCommand::new);
    commands.put("resume", ResumeCommand::new);
    commands.put("open", OpenCommand::new);
    commands.put("results", ResultsCommand::new);
    commands.put("merge", MergeCommand::new);
    commands.put("report", ReportCommand::new);
    commands.put("diff", DiffCommand::new);
    commands.put("resolve", ResolveCommand::new);
    commands.put("undo", UndoCommand::new);
    commands.put("runs", RunsCommand::new);
    commands.put("stats", StatsCommand::new);
    commands.put("trace", TraceCommand::new);
    commands.put("status", StatusCommand::new);
    commands.put("logs", LogsCommand::new);
    commands.put("skill", ResourceCommand::skills);
    commands.put("agent", ResourceCommand::agents);
    commands.put("cleanup", CleanupCommand::new);
    commands.put("gc", GcCommand::new);
    commands.put("daemon", DaemonCommand::new);
    commands.put("config", ConfigCommand::new);
    commands.put("install", InstallCommand::new);
    commands.put("uninstall", UninstallCommand::new);
    commands.put("doctor", DoctorCommand::new);
    commands.put("dashboard", DashboardCommand::new);
    commands.put("demo", DemoCommand::new);
    return commands;
  }

  /** The program with all its commands, for those who describe it. */
  static CommandSpec described() {
    return commandLine(new Main(), Invocation.ofThisProcess()).getCommandSpec();
  }

  /** With one command where it is named: to describe them all takes longer than to do most. */
  private static CommandLine commandLine(Main main, Invocation invocation, String... arguments) {
    var line = new CommandLine(main);
    Map<String, Function<Invocation, Object>> all = commands();
    Optional<String> named =
        Stream.of(arguments).filter(argument -> !argument.startsWith("-")).findFirst();
    if (named.isPresent() && all.containsKey(named.get())) {
      all.keySet().retainAll(Set.of(named.get()));
    } else if (List.of(arguments).equals(List.of("--version"))) {
      all.clear();
    }
    all.forEach((name, command) -> line.addSubcommand(name, command.apply(invocation)));
    line.setOut(new java.io.PrintWriter(invocation.out(), true, StandardCharsets.UTF_8));
    line.setErr(new java.io.PrintWriter(invocation.err(), true, StandardCharsets.UTF_8));
    line.setColorScheme(new ColorScheme.Builder(Ansi.OFF).build());
    return line;
  }

  /** One line for a person. */
  private static int fail(Invocation invocation, Exception failure) {
    return switch (failure) {
      case Failed failed -> {
        invocation.warn(String.valueOf(failed.getMessage()));
        yield failed.exitCode();
      }
      case IOException e -> {
        invocation.warn("reading or writing below " + invocation.places().root() + ": " + e);
        yield ExitCode.CANNOT_WRITE;
      }
      case UncheckedIOException e -> {
        invocation.warn(String.valueOf(e.getMessage()) + ": " + e.getCause());
        yield ExitCode.CANNOT_WRITE;
      }
      default -> {
        invocation.warn("a fault in braid itself: " + failure + "; see where with --debug");
        yield ExitCode.INTERNAL;
      }
    };
  }
}

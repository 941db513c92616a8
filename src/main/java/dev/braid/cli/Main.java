package dev.braid.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
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
    System.exit(execute(Invocation.ofThisProcess(), arguments));
  }

  /** Runs one command and returns its exit code. */
  static int execute(Invocation invocation, String... arguments) {
    var main = new Main();
    CommandLine line = commandLine(main, invocation);
    line.setExecutionExceptionHandler((failure, _, _) -> {
      if (main.debug) {
        failure.printStackTrace(invocation.err());
      }
      return fail(invocation, failure);
    });
    return line.execute(arguments);
  }

  private static CommandLine commandLine(Main main, Invocation invocation) {
    var line = new CommandLine(main);
    line.addSubcommand(new PlanCommand(invocation));
    line.addSubcommand(new RunCommand(invocation));
    line.addSubcommand(new ExecCommand(invocation));
    line.addSubcommand(new WaitCommand(invocation));
    line.addSubcommand(new CancelCommand(invocation));
    line.addSubcommand(new RetryCommand(invocation));
    line.addSubcommand(new ResumeCommand(invocation));
    line.addSubcommand(new OpenCommand(invocation));
    line.addSubcommand(new ResultsCommand(invocation));
    line.addSubcommand(new MergeCommand(invocation));
    line.addSubcommand(new ReportCommand(invocation));
    line.addSubcommand(new DiffCommand(invocation));
    line.addSubcommand(new ResolveCommand(invocation));
    line.addSubcommand(new UndoCommand(invocation));
    line.addSubcommand(new RunsCommand(invocation));
    line.addSubcommand(new StatusCommand(invocation));
    line.addSubcommand(new LogsCommand(invocation));
    line.addSubcommand(new GcCommand(invocation));
    line.addSubcommand(new DaemonCommand(invocation));
    line.addSubcommand(new ConfigCommand(invocation));
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

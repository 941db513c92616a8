package dev.braid.cli;

import dev.braid.claude.Claimant;
import dev.braid.claude.Listing;
import dev.braid.claude.TaskList;
import dev.braid.intake.Intake;
import dev.braid.intake.TaskFile;
import dev.braid.task.Task;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Where the tasks come from: a file, standard input, or a task list of Claude Code. */
final class TaskInput {
  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "Task file (JSON); - is standard input.")
  private @Nullable String file;

  @Option(
      names = "--list",
      paramLabel = "ID",
      description = "A task list of Claude Code: its id, or its folder.")
  private @Nullable String list;

  /** What was read. */
  record Read(List<Task> tasks, List<String> warnings) {}

  Read read(Invocation invocation, boolean trustListMetadata) {
    if ((file == null) == (list == null)) {
      throw new Failed(
          ExitCode.USAGE, "name the tasks: a file, - for standard input, or --list ID");
    }
    return list != null ? readList(invocation, list, trustListMetadata) : readFile(invocation);
  }

  private Read readFile(Invocation invocation) {
    String name = String.valueOf(file);
    byte[] bytes = bytes(invocation, name);
    return switch (TaskFile.read(bytes)) {
      case Intake.Accepted accepted -> new Read(accepted.tasks(), accepted.warnings());
      case Intake.Refused(String problem) ->
          throw new Failed(ExitCode.BAD_INPUT, "reading " + name + ": " + problem);
    };
  }

  /** One byte over the limit is enough to refuse it. */
  private static byte[] bytes(Invocation invocation, String name) {
    try (InputStream input =
        name.equals("-") ? System.in : Files.newInputStream(invocation.cwd().resolve(name))) {
      return input.readNBytes(TaskFile.MAX_BYTES + 1);
    } catch (IOException e) {
      throw new Failed(
          ExitCode.BAD_INPUT,
          "reading "
              + name
              + ": "
              + (Files.exists(invocation.cwd().resolve(name)) ? "cannot be read" : "no such file"));
    }
  }

  /** All of standard input as text. */
  static String standardInput() {
    try {
      return new String(System.in.readNBytes(TaskFile.MAX_BYTES), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new Failed(ExitCode.BAD_INPUT, "reading standard input: " + e.getMessage());
    }
  }

  private static Read readList(Invocation invocation, String list, boolean trust) {
    Path folder = invocation.cwd().resolve(list);
    if (!list.contains("/") || !Files.isDirectory(folder)) {
      folder = TaskList.folder(invocation.places().taskLists(), list);
    }
    if (!Files.isDirectory(folder)) {
      throw new Failed(ExitCode.BAD_INPUT, "reading the list " + list + ": no folder " + folder);
    }
    Listing listing = TaskList.read(folder, invocation.cwd(), trust, Claimant.PERSON);
    var warnings = new ArrayList<>(listing.warnings());
    listing
        .leftAlone()
        .forEach(left -> warnings.add("task " + left.id() + " is left alone: " + left.reason()));
    return new Read(listing.tasks(), warnings);
  }
}

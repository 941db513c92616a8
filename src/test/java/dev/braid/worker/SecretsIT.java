package dev.braid.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.cli.BraidProcess;
import dev.braid.cli.Ended;
import dev.braid.cli.Eventually;
import dev.braid.cli.TaskDocument;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Where the secrets of an environment go, and where they do not. */
@Execution(ExecutionMode.CONCURRENT)
class SecretsIT {
  private static final String OF_CALLER = "s3cr3t-of-the-caller-f00d";
  private static final String OF_TASK = "s3cr3t-of-the-task-beef";
  private static final int PARKED = 75;
  private static final String KEY = "sk-test-s3cr3t-cafe";

  @RegisterExtension final ClaudeLab lab = new ClaudeLab();

  private final CountDownLatch gate = new CountDownLatch(1);

  /** A run of a worker and a command, both at work until the gate opens. */
  private BraidProcess start() throws IOException {
    lab.root().with("MY_TOKEN", OF_CALLER).with("ANTHROPIC_API_KEY", KEY);
    lab.stub()
        .when(request -> request.prompt().contains("TASK-a"))
        .answer(PromptTask.done("x").behind(gate));
    ObjectNode worker = PromptTask.of("a");
    worker.putObject("env").put("TASK_TOKEN", OF_TASK);
    ObjectNode command =
        TaskDocument.command(
            "c",
            "printf '%s' \"$MY_TOKEN$TASK_TOKEN\" | cksum >sum; while [ ! -e go ]; do sleep 0.1; done");
    command.putObject("env").put("TASK_TOKEN", OF_TASK);
    lab.root().write("tasks.json", TaskDocument.of(worker, command));
    BraidProcess braid = lab.root().start("run", "--force", "tasks.json");
    Eventually.holds("the worker asks", () -> !lab.stub().requestsAbout("TASK-a").isEmpty());
    Eventually.holds("the command runs", () -> !lab.root().read("sum").isEmpty());
    return braid;
  }

  private Ended end(BraidProcess braid) throws IOException {
    lab.root().write("go", "");
    gate.countDown();
    return braid.await().expectExit(0);
  }

  @Test
  void they_reach_the_processes_they_are_for() throws IOException {
    BraidProcess braid = start();
    assertThat(lab.stub().requestsAbout("TASK-a").getFirst().credentials().header("x-api-key"))
        .isEqualTo(KEY);
    Process sum =
        new ProcessBuilder("sh", "-c", "printf '%s' '" + OF_CALLER + OF_TASK + "' | cksum").start();
    assertThat(lab.root().read("sum"))
        .isEqualTo(new String(sum.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    end(braid);
  }

  @Test
  void no_file_holds_them_after_the_run_and_nothing_prints_them() throws IOException {
    Ended ended = end(start());

    for (String secret : List.of(OF_CALLER, OF_TASK, KEY)) {
      assertThat(ended.out() + ended.err()).doesNotContain(secret);
      assertThat(filesWith(secret)).as("files with " + secret).isEmpty();
    }
  }

  @Test
  void no_command_line_shows_them() throws IOException {
    BraidProcess braid = start();
    for (String secret : List.of(OF_CALLER, OF_TASK, KEY)) {
      assertThat(commandLinesWith(secret)).as("command lines with " + secret).isEmpty();
    }
    end(braid);
  }

  @Test
  void while_it_runs_one_file_holds_them_that_only_its_owner_may_read() throws IOException {
    BraidProcess braid = start();
    List<Path> files = filesWith(OF_CALLER);
    assertThat(files).hasSize(1);
    assertThat(Files.getPosixFilePermissions(files.getFirst()))
        .hasToString("[OWNER_READ, OWNER_WRITE]");
    end(braid);
  }

  @Test
  void a_parked_run_keeps_them_until_it_is_cancelled() throws IOException {
    lab.root().with("MY_TOKEN", OF_CALLER).with("ANTHROPIC_API_KEY", KEY);
    lab.stub().when(_ -> true).answerForever(Answer.error(401, "authentication_error", "no"));
    ObjectNode worker = PromptTask.of("a");
    worker.putObject("env").put("TASK_TOKEN", OF_TASK);
    lab.root().write("tasks.json", TaskDocument.of(worker));
    Ended parked = lab.root().run("run", "--json", "tasks.json").expectExit(PARKED);
    List<Path> kept = filesWith(OF_TASK);
    assertThat(kept).hasSize(1);
    assertThat(Files.getPosixFilePermissions(kept.getFirst()))
        .hasToString("[OWNER_READ, OWNER_WRITE]");

    Ended cancelled = lab.root().run("cancel", lab.root().runId());

    for (String secret : List.of(OF_CALLER, OF_TASK, KEY)) {
      assertThat(parked.out() + parked.err() + cancelled.out() + cancelled.err())
          .doesNotContain(secret);
      assertThat(filesWith(secret)).as("files with " + secret).isEmpty();
    }
  }

  /** Files may go while they are looked for. */
  private List<Path> filesWith(String text) throws IOException {
    var found = new ArrayList<Path>();
    Files.walkFileTree(
        lab.root().path(),
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            try {
              boolean isText = attributes.isRegularFile();
              if (isText && Files.readString(file, StandardCharsets.ISO_8859_1).contains(text)) {
                found.add(file);
              }
            } catch (NoSuchFileException _) {
              return FileVisitResult.CONTINUE;
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure)
              throws IOException {
            if (failure instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw failure;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
              throws IOException {
            if (failure != null && !(failure instanceof NoSuchFileException)) {
              throw failure;
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return found;
  }

  private static List<String> commandLinesWith(String text) {
    var found = new ArrayList<String>();
    File[] processes = new File("/proc").listFiles((_, name) -> name.matches("\\d+"));
    for (File process : processes == null ? new File[0] : processes) {
      String line = commandLine(process.toPath());
      if (line.contains(text)) {
        found.add(line);
      }
    }
    return found;
  }

  /** Empty for a process that is gone meanwhile. */
  private static String commandLine(Path process) {
    try {
      return Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1);
    } catch (IOException _) {
      return "";
    }
  }
}

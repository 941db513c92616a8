package dev.braid.daemon;

import dev.braid.config.Places;
import dev.braid.config.Settings;
import dev.braid.hook.Plans;
import dev.braid.intake.Intake;
import dev.braid.intake.TaskFile;
import dev.braid.plan.Decision;
import dev.braid.plan.Plan;
import dev.braid.run.NotRun;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Task files that people or scripts drop into one folder: each is planned, and the plan shown by
 * {@code braid runs} and in the log. None is ever started.
 */
record DroppedFiles(
    Places places, Plans plans, Supplier<Settings> settings, NotRun notRun, Consumer<String> log) {
  private static final String SUFFIX = ".json";

  /** Looks at all of them. */
  void lookAtAll() throws IOException {
    Path folder = places.droppedTasks();
    for (NotRun.Looked looked : notRun.all()) {
      if (looked.source().startsWith(source(""))
          && !Files.exists(folder.resolve(looked.source().substring(source("").length())))) {
        notRun.forget(looked.source());
      }
    }
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
        for (Path file : files) {
          look(file);
        }
      }
    }
  }

  /** Looks at one that was made, changed or removed. */
  void look(Path file) throws IOException {
    String name = String.valueOf(file.getFileName());
    if (name.startsWith(".") || !name.endsWith(SUFFIX)) {
      return;
    }
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      notRun.forget(source(name));
      return;
    }
    byte[] bytes;
    try (var input = Files.newInputStream(file)) {
      bytes = input.readNBytes(TaskFile.MAX_BYTES + 1);
    }
    switch (TaskFile.read(bytes)) {
      case Intake.Accepted accepted -> {
        Plan plan = plans.plan(accepted.tasks(), settings.get());
        remember(name, plan.graph().size(), plan.decision());
      }
      case Intake.Refused(String problem) -> remember(name, 0, new Decision(false, problem));
    }
  }

  private void remember(String name, int tasks, Decision decision) throws IOException {
    log.accept(
        "file %s, %d tasks: %s: %s; braid run starts it"
            .formatted(
                name, tasks, decision.parallel() ? "parallel" : "sequential", decision.reason()));
    notRun.remember(source(name), tasks, decision);
  }

  private static String source(String name) {
    return "file " + name;
  }
}

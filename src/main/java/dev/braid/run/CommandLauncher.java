package dev.braid.run;

import dev.braid.process.AttemptFolder;
import dev.braid.process.Launch;
import dev.braid.task.Task;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Starts the plain command of a task. */
record CommandLauncher(Task task, Path start, RunFile file, CallerEnvironment environment)
    implements Launcher {
  private static final Path NO_INPUT = Path.of("/dev/null");

  @Override
  public Launch launch(Entry.Starting starting, AttemptFolder folder) throws IOException {
    return new Launch(
        folder,
        List.of("/bin/sh", "-c", String.valueOf(task.work().command())),
        start,
        NO_INPUT,
        ChildEnvironment.of(environment, file, starting));
  }
}

package dev.braid.cli;

import dev.braid.store.Trees;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code braid demo}: a run to look at, in a folder of its own that goes afterwards. */
@Command(
    name = "demo",
    description = "Runs four small tasks side by side: no model, no cost, nothing is kept.")
final class DemoCommand implements Callable<Integer> {
  private static final String TASKS = "/templates/demo.json";

  private final Invocation invocation;

  DemoCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws IOException {
    Path folder = Files.createTempDirectory("braid-demo");
    try (InputStream tasks = Objects.requireNonNull(getClass().getResourceAsStream(TASKS))) {
      Files.copy(tasks, folder.resolve("demo.json"));
      var environment = new HashMap<>(invocation.environment());
      environment.put("CLAUDE_CONFIG_DIR", folder.resolve("root").toString());
      var apart =
          new Invocation(
              environment,
              folder,
              invocation.userHome(),
              invocation.out(),
              invocation.err(),
              invocation.terminal(),
              invocation.clock(),
              invocation.random());
      return Main.execute(apart, "run", "demo.json");
    } finally {
      Trees.delete(folder);
    }
  }
}

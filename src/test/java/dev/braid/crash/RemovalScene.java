package dev.braid.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.cli.BraidProcess;
import dev.braid.cli.TaskDocument;
import dev.braid.cli.TempRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code braid gc} removes a finished run; what is left of it is not taken for one to be run. */
final class RemovalScene extends Scene {
  /** More than is kept. */
  private static final int BYTES = 2 << 20;

  private static final int FILES = 300;

  private final TempRoot root = new TempRoot();
  private List<String> starts = List.of();

  RemovalScene(SplittableRandom random) {
    super(random);
  }

  @Override
  TempRoot root() {
    return root;
  }

  @Override
  void prepare() throws IOException {
    root.write(
        "graph.json",
        TaskDocument.of(
            TaskDocument.command("ta", CommandGraph.command(root, "ta", "true")),
            TaskDocument.command("tb", CommandGraph.command(root, "tb", "true"), "ta")));
    root.run("run", "--force", "graph.json").expectExit(0);
    starts = RunCheck.starts(root);
    for (int i = 0; i < FILES; i++) {
      Files.write(root.runFolder().resolve("more-" + i), new byte[BYTES / FILES]);
    }
    Files.createDirectories(root.configFile().resolveSibling("."));
    Files.writeString(root.configFile(), "{\"keep_runs_max_mb\": 1}");
  }

  @Override
  void begin(@Nullable Fault fault) {
    startEngine(fault, "gc");
  }

  @Override
  BraidProcess startNext(@Nullable Fault fault) {
    return startEngine(fault, "resume");
  }

  @Override
  boolean isTakenUp(BraidProcess next) {
    return !next.isAlive();
  }

  @Override
  void finish() {
    expectOrdinary(engine().await(), 0);
    expectOrdinary(start("resume").await(), 0);
    expectOrdinary(start("gc").await(), 0);
  }

  @Override
  void check() throws IOException {
    assertThat(RunCheck.starts(root)).as("starts of tasks").isEqualTo(starts);
    try (Stream<java.nio.file.Path> files = Files.list(root.results())) {
      assertThat(files.filter(Files::isDirectory)).as("folders of runs").isEmpty();
    }
    RunCheck.assertNoFilesLeft(root);
  }
}

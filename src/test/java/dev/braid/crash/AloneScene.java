package dev.braid.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.cli.BraidProcess;
import dev.braid.cli.Ended;
import dev.braid.cli.TempRoot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** A run in the process of {@code braid run}; {@code braid resume} takes it up. */
abstract class AloneScene extends Scene {
  private final TempRoot root;

  AloneScene(SplittableRandom random, TempRoot root) {
    super(random);
    this.root = root;
  }

  @Override
  TempRoot root() {
    return root;
  }

  /** Where the tasks stand. */
  String file() {
    return "graph.json";
  }

  /** The tasks that are run. */
  abstract List<TaskSpec> tasks();

  @Override
  void begin(@Nullable Fault fault) throws Exception {
    startEngine(fault, "run", "--force", "--max-parallel", "4", file());
  }

  @Override
  BraidProcess startNext(@Nullable Fault fault) {
    return startEngine(fault, "resume");
  }

  @Override
  boolean isTakenUp(BraidProcess next) {
    return next.err().contains("taken up");
  }

  @Override
  void finish() throws Exception {
    Ended ended = engine().await();
    expectOrdinary(ended, 0, 1);
  }

  @Override
  void check() throws Exception {
    if (began(root)) {
      new RunCheck(root, root.runFolder(), tasks(), killed().tasks()).all();
    } else {
      assertNothingBegan(root);
    }
  }

  /** A run begins with its request; until that is written nothing was promised. */
  static boolean began(TempRoot root) {
    try {
      return root.runFolders().stream()
          .anyMatch(folder -> Files.exists(folder.resolve("run.json")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void assertNothingBegan(TempRoot root) throws IOException {
    assertThat(RunCheck.starts(root)).as("started although no run began").isEmpty();
    assertThat(root.temporary()).as("temporary files").isEmptyDirectory();
  }
}

package dev.braid.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.plan.TaskGraph;
import dev.braid.store.Journal;
import dev.braid.store.OwnerLock;
import dev.braid.store.RunFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackoffTest {
  private static final int DRAWS = 200;

  @TempDir Path folder;

  @Test
  void pauses_double_and_are_never_quite_the_same() throws IOException {
    try (var lab = new EngineLab(folder, 1)) {
      OwnedRun run = ownedRun(lab);
      for (int failed = 1; failed <= 4; failed++) {
        var pauses = new HashSet<Duration>();
        for (int i = 0; i < DRAWS; i++) {
          pauses.add(run.backoff(failed));
        }

        Duration least = Duration.ofSeconds(1L << failed);
        assertThat(pauses)
            .hasSizeGreaterThan(DRAWS / 2)
            .allSatisfy(pause -> assertThat(pause).isBetween(least, least.plusSeconds(1)));
      }
      run.letGo();
    }
  }

  private static OwnedRun ownedRun(EngineLab lab) throws IOException {
    var clock = new HandClock();
    RunRequest request = lab.request(1, List.of(EngineLab.command("a").build()));
    var file =
        new RunFile(
            RunId.create(clock, new SplittableRandom(1)),
            clock.instant(),
            request.tasks(),
            request.cwd(),
            request.decision(),
            request.options(),
            request.cwd().resolve("environment.json"),
            request.cwd().resolve("tmp"),
            null,
            null);
    RunFolder run = lab.store().create(file.id(), file);
    TaskGraph graph = Engine.graph(file);
    return new OwnedRun(
        new RunParts(
            file,
            run,
            graph,
            Placements.inTree(graph.size()),
            Replay.nothing(),
            Objects.requireNonNull(OwnerLock.tryAcquire(run.ownerLock(), "a test"), "it is free"),
            Journal.open(run.journal()),
            new CallerEnvironment(Map.of(), Map.of()),
            new RunLog(file.id(), lab.log(), RunListener.SILENT)),
        lab.engine());
  }
}

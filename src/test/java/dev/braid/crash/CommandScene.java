package dev.braid.crash;

import dev.braid.cli.TempRoot;
import java.util.List;
import java.util.SplittableRandom;

/** A graph of commands. */
final class CommandScene extends AloneScene {
  private CommandGraph graph = new CommandGraph(List.of(), 0);

  CommandScene(SplittableRandom random) {
    super(random, new TempRoot());
  }

  @Override
  void prepare() throws Exception {
    graph = CommandGraph.write(root(), random);
  }

  @Override
  List<TaskSpec> tasks() {
    return graph.tasks();
  }

  @Override
  void check() throws Exception {
    graph.check(this);
  }
}

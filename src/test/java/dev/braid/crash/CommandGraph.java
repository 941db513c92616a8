package dev.braid.crash;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.cli.PortHolder;
import dev.braid.cli.TaskDocument;
import dev.braid.cli.TempRoot;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A graph of commands that each say once that they start; one leaves a process running, and one in
 * some graphs listens on a port.
 *
 * @param port 0 where none listens
 */
record CommandGraph(List<TaskSpec> tasks, int port) {
  private static final int SIZE = 10;
  private static final int MAX_BLOCKERS = 2;

  /** Leaves a process running. */
  private static final int PARENT = 3;

  private static final int LISTENER = 5;

  private static final String PORT_VARIABLE = "HELD_PORT";

  /** Writes a graph to {@code graph.json}. */
  static CommandGraph write(TempRoot root, SplittableRandom random) throws Exception {
    int port = random.nextInt(4) == 0 ? Ports.next() : 0;
    root.with(PORT_VARIABLE, Integer.toString(port));
    var specs = new ArrayList<TaskSpec>();
    var document = new ArrayList<ObjectNode>();
    for (int i = 0; i < SIZE; i++) {
      String id = "t" + i;
      int at = i;
      String[] blockers =
          random
              .ints(random.nextInt(MAX_BLOCKERS + 1), 0, Math.max(1, i))
              .filter(blocker -> blocker < at)
              .distinct()
              .mapToObj(blocker -> "t" + blocker)
              .toArray(String[]::new);
      String work = work(i, random.nextInt(20, 150), port > 0);
      String command = command(root, id, work);
      document.add(TaskDocument.command(id, command, blockers));
      specs.add(new TaskSpec(id, List.of(blockers), "out of " + id + "\n", false));
    }
    root.write("graph.json", TaskDocument.of(document));
    return new CommandGraph(List.copyOf(specs), port);
  }

  private static String work(int index, int milliseconds, boolean isListening) throws Exception {
    if (index == LISTENER && isListening) {
      return PortHolder.command(PORT_VARIABLE, milliseconds);
    }
    return index == PARENT ? "sleep 600 & true" : "sleep 0.%03d".formatted(milliseconds);
  }

  /** All of the run is whole, and nobody holds the port. */
  void check(Scene scene) throws Exception {
    TempRoot root = scene.root();
    if (AloneScene.began(root)) {
      new RunCheck(root, root.runFolder(), tasks, scene.killed().tasks()).all();
    } else {
      AloneScene.assertNothingBegan(root);
    }
    if (port > 0) {
      PortHolder.bind(port);
    }
  }

  /** Says that it starts, works, and prints. */
  static String command(TempRoot root, String id, String work) {
    return "echo %s >> '%s'; %s; echo out of %s".formatted(id, RunCheck.started(root), work, id);
  }
}

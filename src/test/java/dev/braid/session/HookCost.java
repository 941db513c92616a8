package dev.braid.session;

import dev.braid.store.Json;
import dev.braid.worker.Answer;
import dev.braid.worker.ApiRequest;
import dev.braid.worker.Block;
import java.io.IOException;
import java.util.List;

/**
 * Times the steps of a session of the real Claude Code with Braid's hooks and without them. A
 * program of its own, which {@code bench/hooks.py} calls: {@code HookCost <rounds> <steps>}. It
 * prints a line for each step: {@code with} or {@code without}, tool, milliseconds. A step goes
 * from one request of the session to the next; the model answers at once. Steps of a kind follow
 * each other, so that what the daemon does after a change of the list falls into no step of another
 * kind.
 */
final class HookCost {
  private static final String PROMPT = "DO-MANY-STEPS";

  /** Steps before those that count: tasks are made, then one of each kind. */
  private static final int UNCOUNTED = 3;

  private HookCost() {}

  public static void main(String[] arguments) throws IOException {
    int rounds = Integer.parseInt(arguments[0]);
    int steps = Integer.parseInt(arguments[1]);
    for (int round = 0; round < rounds; round++) {
      boolean withFirst = round % 2 == 0;
      measure(withFirst, steps);
      measure(!withFirst, steps);
    }
  }

  private static void measure(boolean withHooks, int steps) throws IOException {
    try (var lab = new SessionLab()) {
      lab.prepare();
      if (withHooks) {
        lab.startDaemon();
      } else {
        lab.settings().remove("hooks");
        lab.configure();
      }
      lab.root().write("file.txt", "text\n");
      Block read =
          Block.tool(
              "Read",
              Json.object().put("file_path", lab.root().work().resolve("file.txt").toString()));
      // One of each kind comes before those that count.
      lab.stub()
          .when(request -> request.prompt().contains(PROMPT))
          .answerBy(_ -> {
            int turn = lab.requestsAbout(PROMPT).size();
            if (turn == 1) {
              return Answer.blocks(TaskTool.create("alpha"), TaskTool.create("beta"));
            }
            boolean isLast = turn > UNCOUNTED + 2 * steps;
            boolean isRead = turn == 2 || (turn > UNCOUNTED && turn <= UNCOUNTED + steps);
            return isLast ? Answer.text("done") : Answer.blocks(isRead ? read : update(turn));
          });
      lab.session(PROMPT).expectExit(0);
      print(withHooks ? "with" : "without", steps, lab.requestsAbout(PROMPT));
    }
  }

  private static Block update(int turn) {
    return Block.tool("TaskUpdate", Json.object().put("taskId", "1").put("subject", "s" + turn));
  }

  private static void print(String how, int steps, List<ApiRequest> requests) {
    for (int i = UNCOUNTED; i + 1 < requests.size(); i++) {
      double millis = (requests.get(i + 1).nanos() - requests.get(i).nanos()) / 1e6;
      String tool = i < UNCOUNTED + steps ? "Read" : "TaskUpdate";
      System.out.printf("%s %s %.3f%n", how, tool, millis);
    }
  }
}

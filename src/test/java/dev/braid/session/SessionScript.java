package dev.braid.session;

import dev.braid.cli.Ended;
import dev.braid.worker.Answer;
import dev.braid.worker.ApiRequest;
import dev.braid.worker.Block;
import dev.braid.worker.PromptTask;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/**
 * A session about one prompt, whose model makes four tasks and begins them, and workers that do
 * them.
 */
record SessionScript(SessionLab lab, String prompt) {
  static final List<String> SUBJECTS = List.of("alpha", "beta", "gamma", "delta");

  /** The model says these one after the other; after that, "all done". */
  void says(Answer... answers) {
    lab.stub().when(request -> request.prompt().contains(prompt)).answer(answers);
  }

  /** A message that makes the four tasks, each of which may run beside the others. */
  static Answer makesTasks() {
    return Answer.blocks(SUBJECTS.stream().map(TaskTool::createParallel).toArray(Block[]::new));
  }

  /** A message that makes them as steps of which nobody says anything. */
  static Answer makesSteps() {
    return Answer.blocks(SUBJECTS.stream().map(TaskTool::create).toArray(Block[]::new));
  }

  /** Workers do their tasks. */
  void workersWork() {
    SUBJECTS.forEach(subject -> worker(subject, PromptTask.done("RESULT-OF-" + subject)));
  }

  /** The worker of a task gives these answers; the first rule for a task counts. */
  void worker(String subject, Answer... answers) {
    lab.stub().when(request -> isWorkerOf(subject, request)).answer(answers);
  }

  private static boolean isWorkerOf(String subject, ApiRequest request) {
    return request.prompt().contains("WORK-" + subject);
  }

  /** Requests of workers for a task. */
  List<ApiRequest> requestsOf(String subject) {
    return lab.stub().requestsAbout("WORK-" + subject);
  }

  /** Requests of the session. */
  List<ApiRequest> requests() {
    return lab.stub().requestsAbout(prompt);
  }

  /** All that the model of the session read. */
  String read() {
    List<ApiRequest> requests = requests();
    return requests.isEmpty() ? "" : requests.getLast().conversation();
  }

  /** How often a text stands in what the model of the session read. */
  long times(String text) {
    return Stream.of(read().split("\n", -1)).filter(line -> line.contains(text)).count();
  }

  Ended run(String... more) throws IOException {
    return lab.session(prompt, more).expectExit(0);
  }
}

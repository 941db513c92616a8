package dev.braid.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.braid.cli.BraidProcess;
import dev.braid.cli.Ended;
import dev.braid.cli.Eventually;
import dev.braid.cli.TempRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The task list of a session: claimed through the gate, run by the daemon, told to the session. */
final class ListScene extends Scene {
  private static final int TASKS = 4;
  private static final long PATIENCE_SECONDS = 120;

  private final TempRoot root = new TempRoot();

  /** By the answer to a prompt, or else by the hook of Stop. */
  private final boolean isToldByPrompt;

  private final FakeSession session;
  private final List<TaskSpec> tasks = new ArrayList<>();
  private final List<String> commands = new ArrayList<>();
  private CompletableFuture<Void> life = new CompletableFuture<>();

  ListScene(SplittableRandom random, @Nullable Fault fault) {
    super(random);
    this.isToldByPrompt =
        random.nextBoolean() || (fault != null && fault.point().equals("handover.taken"));
    this.session = new FakeSession(root);
  }

  @Override
  TempRoot root() {
    return root;
  }

  @Override
  @Nullable BraidProcess client() {
    return session.waiter();
  }

  @Override
  void prepare() throws Exception {
    for (int i = 1; i <= TASKS; i++) {
      String id = Integer.toString(i);
      String nap = "sleep 0.%03d".formatted(random.nextInt(20, 300));
      commands.add(CommandGraph.command(root, id, nap));
      tasks.add(new TaskSpec(id, List.of(), "out of " + id + "\n", false));
    }
    session.start();
  }

  @Override
  void begin(@Nullable Fault fault) throws Exception {
    startNext(fault);
    awaitUnder(Daemon.PATIENCE, () -> Daemon.isUp(root, engine()) || !engine().isAlive());
    life = CompletableFuture.runAsync(this::live);
  }

  private void live() {
    try {
      session.make(tasks, commands);
      session.begin("1");
      if (isToldByPrompt) {
        session.ask("go on");
      } else {
        session.rest();
      }
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  BraidProcess startNext(@Nullable Fault fault) {
    return startEngine(fault, "daemon", "run");
  }

  @Override
  boolean isTakenUp(BraidProcess next) {
    return Daemon.isUp(root, next);
  }

  @Override
  boolean isOver() {
    return life.isDone() && (!AloneScene.began(root) || Daemon.hasFinished(root));
  }

  @Override
  void finish() throws Exception {
    life.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    // What it did not hear because nobody was there to answer, it hears the next time.
    session.ask("what came of it?");
    session.ask("and now?");
    if (AloneScene.began(root)) {
      Eventually.holds("the run is over", () -> Daemon.hasFinished(root));
    }
    Daemon.stop(root, engine());
  }

  @Override
  void check() throws Exception {
    List<TaskSpec> ofRun = new ArrayList<>();
    boolean began = AloneScene.began(root);
    if (began) {
      JsonNode file = Ended.json(Files.readString(root.runFolder().resolve("run.json")));
      file.path("tasks").forEach(task -> ofRun.add(spec(task.path("id").asText())));
      new RunCheck(root, root.runFolder(), ofRun, killed().tasks()).all();
      assertThat(session.told()).as("ends that the session was told").hasSize(1);
    } else {
      AloneScene.assertNothingBegan(root);
      assertThat(session.told()).as("ends that the session was told").isEmpty();
    }
    for (TaskSpec task : tasks) {
      assertListed(task, ofRun.contains(task));
    }
    assertThat(session.hasNews()).as("something is still to be told").isFalse();
    try (Stream<Path> files = Files.list(session.list())) {
      assertThat(files.map(file -> String.valueOf(file.getFileName())))
          .as("files of the list")
          .containsExactlyInAnyOrder("1.json", "2.json", "3.json", "4.json");
    }
  }

  private TaskSpec spec(String id) {
    return tasks.stream().filter(task -> task.id().equals(id)).findFirst().orElseThrow();
  }

  private void assertListed(TaskSpec task, boolean isOfRun) throws IOException {
    JsonNode listed = session.read(task.id());
    if (!isOfRun) {
      assertThat(listed.has("owner")).as("%s has an owner", listed).isFalse();
      assertThat(listed.at("/metadata/braid_run").isMissingNode()).isTrue();
    } else if (root.result(task.id()).path("status").asText().equals("success")) {
      assertThat(listed.path("status").asText()).as(listed.toString()).isEqualTo("completed");
      assertThat(listed.path("owner").asText()).isEqualTo("braid");
      assertThat(listed.at("/metadata/braid_run").asText()).isEqualTo(root.runId());
    } else {
      assertThat(listed.path("status").asText()).as(listed.toString()).isEqualTo("pending");
      assertThat(listed.has("owner")).isFalse();
      assertThat(listed.at("/metadata/braid_reason").asText()).contains("failed");
    }
  }
}

package dev.braid.client;

import dev.braid.protocol.Route;
import dev.braid.run.Replay;
import dev.braid.run.Resolve;
import dev.braid.run.RunCall;
import dev.braid.run.RunCall.Verb;
import dev.braid.run.RunEvent;
import dev.braid.run.RunEventJson;
import dev.braid.run.RunFile;
import dev.braid.run.RunHandle;
import dev.braid.run.RunId;
import dev.braid.run.RunListener;
import dev.braid.run.RunOutcome;
import dev.braid.run.RunOwner;
import dev.braid.run.RunRequest;
import dev.braid.run.RunStore;
import dev.braid.run.Takeover;
import dev.braid.run.Wishes;
import dev.braid.task.Task;
import dev.braid.task.TaskId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The engine of a daemon. What a run needs is written to its folder here, so that nothing is lost
 * if the daemon dies; what comes out is read from there.
 */
public final class RemoteOwner implements RunOwner {
  /** How often it is looked whether another owner has ended a run. */
  private static final Duration LOOK = Duration.ofMillis(200);

  private final DaemonClient daemon;
  private final RunStore store;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final RunOwner spare;

  /**
   * An owner behind a door.
   *
   * @param spare takes over when the daemon is gone; closed with this
   */
  public RemoteOwner(
      DaemonClient daemon,
      RunStore store,
      InstantSource clock,
      RandomGenerator random,
      RunOwner spare) {
    this.daemon = daemon;
    this.store = store;
    this.clock = clock;
    this.random = random;
    this.spare = spare;
  }

  @Override
  public RunHandle start(RunRequest request, RunListener listener) throws IOException {
    RunFile file = store.begin(request, clock, random);
    try {
      return start(file, listener);
    } catch (IOException | RuntimeException e) {
      store.takeBack(file, e);
      throw e;
    }
  }

  private RunHandle start(RunFile file, RunListener listener) throws IOException {
    return switch (takeUp(file.id(), Map.of(), listener)) {
      case Takeover.Taken(var handle) -> handle;
      case Takeover.Unusable(String problem) -> throw new IOException(problem);
      case Takeover.OwnedElsewhere(String owner) ->
          throw new IOException("the new run " + file.id() + " is owned by " + owner);
      case Takeover.Finished _ -> throw new IOException("the new run is finished already");
    };
  }

  @Override
  public Takeover takeUp(RunId id, Map<String, String> environment, RunListener listener)
      throws IOException {
    return call(id, new RunCall(Verb.TAKE_UP, environment, null, true), listener);
  }

  @Override
  public Takeover retry(RunId id, Map<String, String> environment, RunListener listener)
      throws IOException {
    return call(id, new RunCall(Verb.RETRY, environment, null, true), listener);
  }

  @Override
  public Takeover resolve(
      RunId id, Resolve resolve, Map<String, String> environment, RunListener listener)
      throws IOException {
    return call(id, new RunCall(Verb.RESOLVE, environment, resolve, true), listener);
  }

  private Takeover call(RunId id, RunCall call, RunListener listener) throws IOException {
    RunFile file =
        store.request(id).orElseThrow(() -> new IOException("cannot read the file of run " + id));
    BufferedReader lines;
    RunEvent first;
    try {
      lines =
          new BufferedReader(
              new InputStreamReader(
                  daemon.stream(Route.RUNS + id.value(), call.text()), StandardCharsets.UTF_8));
      first = next(lines);
    } catch (IOException _) {
      return call.on(spare, id, listener);
    }
    if (!(first instanceof RunEvent.Answered(String answer, String detail))) {
      return call.on(spare, id, listener);
    }
    return switch (answer) {
      case "taken" -> new Takeover.Taken(follow(file, lines, listener));
      case "owned" -> new Takeover.OwnedElsewhere(detail);
      case "finished" -> new Takeover.Finished(RunOutcome.soFar(file, Replay.of(store.folder(id))));
      default -> new Takeover.Unusable(detail);
    };
  }

  /** Passes over lines that say nothing known, such as signs of life; null at their end. */
  private static @Nullable RunEvent next(BufferedReader lines) throws IOException {
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      RunEvent event = RunEventJson.read(line);
      if (event != null) {
        return event;
      }
    }
    return null;
  }

  private RunHandle follow(RunFile file, BufferedReader lines, RunListener listener) {
    var finished = new CompletableFuture<RunOutcome>();
    Thread.ofPlatform()
        .name("following")
        .daemon()
        .start(() -> listen(file, lines, listener, finished));
    return new RunHandle(file, finished, (tasks, grace) -> cancel(file.id(), tasks, grace));
  }

  private void listen(
      RunFile file,
      BufferedReader lines,
      RunListener listener,
      CompletableFuture<RunOutcome> finished) {
    Map<TaskId, Task> tasks = new HashMap<>();
    file.tasks().forEach(task -> tasks.put(task.id(), task));
    try (lines) {
      for (RunEvent event = next(lines); event != null; event = next(lines)) {
        switch (event) {
          case RunEvent.Over _ -> {
            finished.complete(RunOutcome.soFar(file, Replay.of(store.folder(file.id()))));
            return;
          }
          case RunEvent.GivenUp(String problem) -> {
            finished.completeExceptionally(new IOException(problem));
            return;
          }
          default -> tell(listener, tasks, event);
        }
      }
    } catch (IOException _) {
      // The daemon is gone, as at the end of its lines.
    } catch (RuntimeException e) {
      finished.completeExceptionally(e);
      return;
    }
    goOn(file, listener, finished);
  }

  private static void tell(RunListener listener, Map<TaskId, Task> tasks, RunEvent event) {
    switch (event) {
      case RunEvent.Started(TaskId task, int attempt) ->
          listener.started(known(tasks, task), attempt);
      case RunEvent.Worked(TaskId task, String doing, long tokens) ->
          listener.worked(known(tasks, task), doing, tokens);
      case RunEvent.Retried retried ->
          listener.retried(
              known(tasks, retried.task()),
              retried.attempt(),
              retried.error(),
              retried.pauseSeconds());
      case RunEvent.Ended(var result) -> listener.ended(result);
      case RunEvent.Warned(String warning) -> listener.warned(warning);
      case RunEvent.Answered _, RunEvent.Over _, RunEvent.GivenUp _ -> {}
    }
  }

  private static Task known(Map<TaskId, Task> tasks, TaskId id) {
    return Objects.requireNonNull(tasks.get(id), "the daemon speaks of the run's own tasks");
  }

  /** Takes the run up here, unless another daemon has it already; then waits for that. */
  private void goOn(RunFile file, RunListener listener, CompletableFuture<RunOutcome> finished) {
    try {
      while (!finished.isDone()) {
        switch (spare.takeUp(file.id(), Map.of(), listener)) {
          case Takeover.Taken(var handle) -> finished.complete(handle.finished().get());
          case Takeover.Finished(RunOutcome outcome) -> finished.complete(outcome);
          case Takeover.OwnedElsewhere _ -> Thread.sleep(LOOK);
          case Takeover.Unusable(String problem) ->
              finished.completeExceptionally(new IOException(problem));
        }
      }
    } catch (IOException | ExecutionException e) {
      finished.completeExceptionally(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      finished.completeExceptionally(e);
    }
  }

  /** By a wish in the run's folder, which outlives a daemon that dies. */
  private void cancel(RunId id, List<TaskId> tasks, Duration grace) {
    try {
      String name = "cancel-" + Long.toHexString(random.nextLong());
      Wishes.cancel(store.folder(id), tasks, grace, name);
    } catch (IOException e) {
      throw new UncheckedIOException("asking the owner of run " + id + " to cancel", e);
    }
  }

  /** The daemon goes on with what it owns. */
  @Override
  public void close() {
    spare.close();
  }
}

package dev.braid.dashboard;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.config.Settings;
import dev.braid.resource.CleanUp;
import dev.braid.resource.Resources;
import dev.braid.run.Onlooker;
import dev.braid.run.ResourcesInUse;
import dev.braid.run.RunFile;
import dev.braid.run.RunId;
import dev.braid.run.RunOwner;
import dev.braid.run.RunStore;
import dev.braid.run.RunWork;
import dev.braid.run.StatisticsFile;
import dev.braid.store.Json;
import dev.braid.task.TaskId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** All that pages are shown and may ask for, as JSON. Safe for use by several threads. */
public final class Dashboard {
  /** Of a patch, in characters. */
  private static final int MAX_PATCH = 1 << 20;

  /**
   * What it shows.
   *
   * @param status as {@code braid status --json} has it
   * @param environment of the daemon, for git alone
   */
  public record Sources(
      RunStore store,
      RunOwner owner,
      Resources resources,
      Supplier<Settings> settings,
      Status status,
      HookTimes hooks,
      Links links,
      Map<String, String> environment,
      InstantSource clock,
      RandomGenerator random) {}

  /** Tells how the daemon stands. */
  public interface Status {
    ObjectNode json() throws IOException;
  }

  /** What came of something that a page asked for. */
  public record Answer(boolean isDone, String text) {}

  private final Sources from;
  private final Onlookers onlookers;
  private final Actions actions;

  public Dashboard(Sources from) {
    this.from = from;
    this.onlookers = new Onlookers(from.store(), from.clock());
    this.actions = new Actions(from.store(), from.owner(), from.resources(), from.random());
  }

  /** Daemon, problems and the newest runs. */
  public ObjectNode overview() throws IOException {
    ObjectNode node = from.status().json();
    onlookers.list().forEach(node.putArray("runs")::add);
    return node;
  }

  /** A run with its tasks; empty when there is none of that id. */
  public Optional<ObjectNode> run(String id) throws IOException {
    return RunId.isValid(id)
        ? onlookers.at(new RunId(id), run -> RunView.whole(run, onlookers))
        : Optional.empty();
  }

  /** One task; empty when there is no such run or task. */
  public Optional<ObjectNode> task(String id, String task) throws IOException {
    if (!RunId.isValid(id) || !TaskId.isValid(task)) {
      return Optional.empty();
    }
    var run = new RunId(id);
    return onlookers.at(run, onlooker -> task(onlooker, task)).flatMap(found -> found);
  }

  private Optional<ObjectNode> task(Onlooker run, String task) throws IOException {
    int index = run.graph().indexOf(new TaskId(task));
    return index < 0
        ? Optional.empty()
        : Optional.of(TaskView.of(run, index, from.store().folder(run.file().id())));
  }

  /** What a task did to files, as a patch; empty when there is no such run or task. */
  public Optional<ObjectNode> patch(String id, String task) throws IOException {
    if (task(id, task).isEmpty()) {
      return Optional.empty();
    }
    RunFile file = from.store().request(new RunId(id)).orElseThrow();
    String patch =
        RunWork.of(from.store(), file, from.environment(), from.clock())
            .patch(new TaskId(task))
            .orElse("");
    String cut = patch.length() <= MAX_PATCH ? patch : patch.substring(0, MAX_PATCH) + "\n…\n";
    return Optional.of(Json.object().put("patch", cut));
  }

  /** Temporary skills and agents, and what can be restored. */
  public ObjectNode resources() throws IOException {
    int days = from.settings().get().tempResourceRetentionDays();
    var cleanUp = new CleanUp(from.resources(), days, new ResourcesInUse(from.store()));
    return ResourceView.of(from.resources(), cleanUp);
  }

  /** Figures over all runs. */
  public ObjectNode statistics() throws IOException {
    Path file = from.settings().get().monitoring().statsFile();
    return new StatisticsFile(from.store().places(), file).stored().orElseGet(Json::object);
  }

  /** How long hooks took. */
  public ObjectNode hooks() {
    return from.hooks().json();
  }

  /** Figures for Prometheus. */
  public String metrics() throws IOException {
    return Metrics.text(overview(), statistics(), from.hooks().all());
  }

  /**
   * Does what a page asks for.
   *
   * @param token of the page
   */
  public Answer perform(String action, String body, String token) throws IOException {
    return switch (actions.perform(action, body, from.links().environment(token))) {
      case Actions.Outcome.Done(String what) ->
          new Answer(true, Json.line(Json.object().put("done", what)));
      case Actions.Outcome.Refused(String why) -> new Answer(false, why);
    };
  }

  /**
   * Tells a page what changes, until it is gone.
   *
   * @param run that it shows; null for none
   */
  public void feed(@Nullable String run, Feed.Listener listener)
      throws IOException, InterruptedException {
    RunId shown = run != null && RunId.isValid(run) ? new RunId(run) : null;
    Path registry = from.store().places().registryFile();
    var feed = new Feed(onlookers, registry, shown, listener);
    feed.listen(() -> problems(from.status().json()));
  }

  private static java.util.List<String> problems(ObjectNode status) {
    var problems = new java.util.ArrayList<String>();
    status.path("problems").forEach(problem -> problems.add(problem.asText()));
    return problems;
  }
}

package dev.braid.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.config.WireNamed;
import dev.braid.resource.Answer;
import dev.braid.resource.Named;
import dev.braid.resource.ResourceKind;
import dev.braid.resource.Resources;
import dev.braid.run.ResourcesInUse;
import dev.braid.run.RunFile;
import dev.braid.run.RunId;
import dev.braid.run.RunListener;
import dev.braid.run.RunOwner;
import dev.braid.run.RunStore;
import dev.braid.run.Takeover;
import dev.braid.run.Wishes;
import dev.braid.store.Json;
import dev.braid.task.TaskId;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** What a page may ask for; each is what a command does, by the same road. */
record Actions(RunStore store, RunOwner owner, Resources resources, RandomGenerator random) {
  private static final int NAME_BYTES = 8;

  /** What came of it. */
  sealed interface Outcome {
    /**
     * It is done, or will be.
     *
     * @param what one line for a person
     */
    record Done(String what) implements Outcome {}

    /**
     * It cannot be done.
     *
     * @param why one line for a person, with what to do
     */
    record Refused(String why) implements Outcome {}
  }

  /** {@code cancel}, {@code retry} or {@code resource}. */
  Outcome perform(String action, String body, Optional<Map<String, String>> environment)
      throws IOException {
    ObjectNode wish = Json.parseObject(body);
    if (wish == null) {
      return new Outcome.Refused("this is no JSON object");
    }
    return switch (action) {
      case "cancel" -> cancel(wish);
      case "retry" -> retry(wish, environment);
      case "resource" -> resource(wish);
      default -> new Outcome.Refused("nobody knows how to " + RunView.cut(action));
    };
  }

  private Outcome cancel(ObjectNode wish) throws IOException {
    Optional<RunFile> file = run(wish);
    if (file.isEmpty()) {
      return noRun();
    }
    RunId id = file.get().id();
    var tasks = new ArrayList<TaskId>();
    for (JsonNode task : wish.path("tasks")) {
      boolean isKnown =
          file.get().tasks().stream().anyMatch(each -> each.id().value().equals(task.asText()));
      if (!isKnown) {
        return new Outcome.Refused(
            "run " + id.shortForm() + " has no task " + RunView.cut(task.asText()));
      }
      tasks.add(new TaskId(task.asText()));
    }
    if (!store.unfinished().contains(id)) {
      return new Outcome.Refused("run " + id.shortForm() + " has ended already");
    }
    var name = new byte[NAME_BYTES];
    random.nextBytes(name);
    Wishes.cancel(store.folder(id), tasks, HexFormat.of().formatHex(name));
    if (!store.isOwned(id)) {
      // Whoever takes it up grants the wish first.
      Takeover _ = owner.takeUp(id, Map.of(), RunListener.SILENT);
    }
    return new Outcome.Done(
        tasks.isEmpty()
            ? "cancelling run " + id.shortForm()
            : "cancelling " + String.join(", ", tasks.stream().map(TaskId::value).toList()));
  }

  private Outcome retry(ObjectNode wish, Optional<Map<String, String>> environment)
      throws IOException {
    Optional<RunFile> file = run(wish);
    if (file.isEmpty()) {
      return noRun();
    }
    RunId id = file.get().id();
    if (environment.isEmpty()) {
      return new Outcome.Refused(
          "the daemon was restarted and knows no environment to run in; type: braid retry "
              + id.shortForm());
    }
    return switch (owner.retry(id, environment.get(), RunListener.SILENT)) {
      case Takeover.Taken _ -> new Outcome.Done("retrying run " + id.shortForm());
      case Takeover.OwnedElsewhere(String who) ->
          new Outcome.Refused("run " + id.shortForm() + " goes on, owned by " + who);
      case Takeover.Finished _ ->
          new Outcome.Refused("run " + id.shortForm() + " has nothing to be done again");
      case Takeover.Unusable(String problem) -> new Outcome.Refused(problem);
    };
  }

  private Outcome resource(ObjectNode wish) throws IOException {
    Optional<ResourceKind> kind = WireNamed.named(ResourceKind.class, wish.path("kind").asText());
    String name = wish.path("name").asText();
    if (kind.isEmpty() || name.isEmpty() || name.contains("/") || name.contains("\0")) {
      return new Outcome.Refused("no skill or agent is named");
    }
    var named = new Named(kind.get(), name);
    var inUse = new ResourcesInUse(store);
    return switch (wish.path("action").asText()) {
      case "keep" -> outcome(resources.mark(named, true), named, "kept");
      case "unkeep" -> outcome(resources.mark(named, false), named, "kept only as long as used");
      case "delete" ->
          outcome(resources.delete(named, "Deleted by the user", inUse), named, "deleted");
      case "restore" -> outcome(resources.restore(named), named, "restored");
      default -> new Outcome.Refused("keep, unkeep, delete or restore " + named.inWords() + "?");
    };
  }

  private static Outcome outcome(Answer answer, Named named, String done) {
    return switch (answer) {
      case Answer.Done _ -> new Outcome.Done(named.inWords() + ": " + done);
      case Answer.Refused(String why) -> new Outcome.Refused(why);
    };
  }

  private Optional<RunFile> run(ObjectNode wish) throws IOException {
    String id = wish.path("run").asText();
    try {
      return RunId.isValid(id) ? store.request(new RunId(id)) : Optional.empty();
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
  }

  private static Outcome noRun() {
    return new Outcome.Refused("there is no such run; see them all with: braid runs");
  }
}

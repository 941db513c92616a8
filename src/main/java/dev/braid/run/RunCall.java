package dev.braid.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.store.Json;
import dev.braid.task.TaskId;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The wish that another process owns a run, as it travels there.
 *
 * @param verb in which way
 * @param environment of the caller; may hold secrets
 * @param resolve what to settle; null for other verbs
 * @param follow whether the caller wants to hear how it goes
 */
public record RunCall(
    Verb verb, Map<String, String> environment, @Nullable Resolve resolve, boolean follow) {
  /** Ways to own a run. */
  public enum Verb {
    TAKE_UP,
    RETRY,
    RESOLVE
  }

  public RunCall {
    environment = Map.copyOf(environment);
  }

  /** Does it. */
  public Takeover on(RunOwner owner, RunId id, RunListener listener) throws IOException {
    return switch (verb) {
      case TAKE_UP -> owner.takeUp(id, environment, listener);
      case RETRY -> owner.retry(id, environment, listener);
      case RESOLVE ->
          resolve == null
              ? new Takeover.Unusable("nothing to resolve is named")
              : owner.resolve(id, resolve, environment, listener);
    };
  }

  /** The notation. */
  public String text() {
    ObjectNode node = Json.object().put("verb", verb.name()).put("follow", follow);
    environment.forEach(node.putObject("environment")::put);
    if (resolve != null) {
      node.put("task", resolve.task().value());
      switch (resolve.how()) {
        case Resolve.How.Ours _ -> node.put("how", "ours");
        case Resolve.How.Theirs _ -> node.put("how", "theirs");
        case Resolve.How.Claude _ -> node.put("how", "claude");
        case Resolve.How.Branch(String name) -> node.put("how", "branch").put("branch", name);
      }
    }
    return Json.line(node);
  }

  /** Empty for a text that is none. */
  public static Optional<RunCall> read(String text) {
    ObjectNode node = Json.parseObject(text);
    if (node == null) {
      return Optional.empty();
    }
    var environment = new HashMap<String, String>();
    node.path("environment")
        .properties()
        .forEach(each -> environment.put(each.getKey(), each.getValue().asText()));
    try {
      Verb verb = Verb.valueOf(node.path("verb").asText());
      return Optional.of(
          new RunCall(verb, environment, resolve(node), node.path("follow").asBoolean()));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static @Nullable Resolve resolve(ObjectNode node) {
    String task = node.path("task").asText();
    Resolve.@Nullable How how =
        switch (node.path("how").asText()) {
          case "ours" -> new Resolve.How.Ours();
          case "theirs" -> new Resolve.How.Theirs();
          case "claude" -> new Resolve.How.Claude();
          case "branch" -> new Resolve.How.Branch(node.path("branch").asText());
          default -> null;
        };
    return how == null || !TaskId.isValid(task) ? null : new Resolve(new TaskId(task), how);
  }

  @Override
  public String toString() {
    return "RunCall[verb=" + verb + ", environment hidden]";
  }
}

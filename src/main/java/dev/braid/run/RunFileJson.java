package dev.braid.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.config.ConfigText;
import dev.braid.config.Places;
import dev.braid.config.Settings;
import dev.braid.intake.Intake;
import dev.braid.intake.TaskFile;
import dev.braid.intake.TaskJson;
import dev.braid.plan.Decision;
import dev.braid.result.MergeStrategy;
import dev.braid.store.Json;
import dev.braid.task.TaskType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The notation of {@code run.json}. */
final class RunFileJson {
  private static final int VERSION = 1;

  private RunFileJson() {}

  static String write(RunFile file) {
    ObjectNode node = Json.object();
    node.put("version", VERSION);
    node.put("run_id", file.id().value());
    node.put("created", file.created().toString());
    node.put("cwd", file.cwd().toString());
    node.putObject("decision")
        .put("parallel", file.decision().parallel())
        .put("reason", file.decision().reason());
    RunOptions options = file.options();
    ObjectNode optionsNode = node.putObject("options").put("slots", options.slots());
    optionsNode.set("settings", ConfigText.file(options.settings()));
    ObjectNode strategies = optionsNode.putObject("merge_strategies");
    options.strategies().forEach((type, how) -> strategies.put(type.wireName(), how.wireName()));
    node.put("environment_file", file.environmentFile().toString());
    node.put("temporary_folder", file.temporaryFolder().toString());
    ForkPoint fork = file.fork();
    if (fork != null) {
      node.putObject("fork")
          .put("session", fork.session())
          .put("up_to", fork.upTo())
          .put("context_tokens", fork.contextTokens());
    }
    Origin origin = file.origin();
    if (origin != null) {
      node.putObject("origin")
          .put("session", origin.session())
          .put("list", origin.list().toString());
    }
    ArrayNode tasks = node.putArray("tasks");
    file.tasks().forEach(task -> tasks.add(TaskJson.write(task)));
    return Json.pretty(node);
  }

  /** Empty for a file that is damaged or of another version. */
  static Optional<RunFile> read(String text, Places places) {
    ObjectNode node = Json.parseObject(text);
    if (node == null || node.path("version").asInt() != VERSION) {
      return Optional.empty();
    }
    byte[] tasks = Json.line(node.path("tasks")).getBytes(StandardCharsets.UTF_8);
    return switch (TaskFile.read(tasks)) {
      case Intake.Accepted accepted -> read(node, accepted, places);
      case Intake.Refused _ -> Optional.empty();
    };
  }

  private static Optional<RunFile> read(ObjectNode node, Intake.Accepted accepted, Places places) {
    JsonNode decision = node.path("decision");
    try {
      return Optional.of(
          new RunFile(
              new RunId(node.path("run_id").asText()),
              Instant.parse(node.path("created").asText()),
              accepted.tasks(),
              Path.of(node.path("cwd").asText()),
              new Decision(decision.path("parallel").asBoolean(), decision.path("reason").asText()),
              options(node.path("options"), places),
              Path.of(node.path("environment_file").asText()),
              Path.of(node.path("temporary_folder").asText()),
              fork(node.path("fork")),
              origin(node.path("origin"))));
    } catch (IllegalArgumentException | DateTimeParseException _) {
      return Optional.empty();
    }
  }

  private static @Nullable ForkPoint fork(JsonNode node) {
    return node.isObject()
        ? new ForkPoint(
            node.path("session").asText(),
            node.path("up_to").asText(),
            node.path("context_tokens").asLong())
        : null;
  }

  private static @Nullable Origin origin(JsonNode node) {
    return node.isObject()
        ? new Origin(node.path("session").asText(), Path.of(node.path("list").asText()))
        : null;
  }

  private static RunOptions options(JsonNode node, Places places) {
    Map<TaskType, MergeStrategy> strategies = new EnumMap<>(TaskType.class);
    node.path("merge_strategies")
        .properties()
        .forEach(each ->
            TaskType.named(each.getKey())
                .ifPresent(type ->
                    MergeStrategy.named(each.getValue().asText())
                        .ifPresent(how -> strategies.put(type, how))));
    Settings settings =
        (node.path("settings") instanceof ObjectNode written
                ? ConfigText.read(written, places)
                : Optional.<Settings>empty())
            .orElseGet(() -> Settings.defaults(places));
    return new RunOptions(node.path("slots").asInt(1), settings, strategies);
  }
}

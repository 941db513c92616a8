package dev.braid.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.braid.client.DaemonClient;
import dev.braid.config.ConfigReader;
import dev.braid.config.Places;
import dev.braid.store.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the daemon stands, or what there is without one.
 *
 * @param words whether it runs, for how long and how large, on one line
 * @param mode what hooks do; empty when the settings cannot be used
 * @param problems what is wrong and what helps, a line each
 */
record DaemonGlance(String words, String mode, List<String> problems) {
  /** Before anyone looked. */
  static final DaemonGlance UNKNOWN = new DaemonGlance("", "", List.of());

  DaemonGlance {
    problems = List.copyOf(problems);
  }

  /** Asks the daemon, where there is one; takes as long as its answer. */
  static DaemonGlance look(Invocation invocation) {
    Optional<JsonNode> status =
        DaemonClient.find(invocation.places().endpointFile())
            .flatMap(DaemonClient::status)
            .map(Json::parseObject);
    return status.map(DaemonGlance::of).orElseGet(() -> ofSettings(invocation));
  }

  /** What a daemon tells of itself. */
  static DaemonGlance of(JsonNode status) {
    JsonNode daemon = status.path("daemon");
    String version = daemon.path("version").asText();
    var problems = new ArrayList<String>();
    status.path("problems").forEach(problem -> problems.add(problem.asText()));
    if (!version.equals(Version.number())) {
      problems.add(
          "the daemon is version "
              + version
              + ", this program "
              + Version.number()
              + ": run braid daemon restart");
    }
    String words =
        "daemon up "
            + Seconds.text(daemon.path("uptime_seconds").asDouble())
            + ", "
            + daemon.path("rss_bytes").asLong() / 1_000_000
            + " MB, process "
            + daemon.path("pid").asLong();
    return new DaemonGlance(words, status.path("mode").asText(), problems);
  }

  private static DaemonGlance ofSettings(Invocation invocation) {
    var reader = new ConfigReader(invocation.home(), invocation.environment());
    return switch (reader.read(Places.repositoryAround(invocation.cwd()), Map.of())) {
      case ConfigReader.Loaded loaded ->
          new DaemonGlance("no daemon", loaded.settings().mode().wireName(), loaded.warnings());
      case ConfigReader.Faulty(Path file, List<String> problems) ->
          new DaemonGlance(
              "no daemon",
              "",
              problems.stream().map(each -> "mend " + file + ": " + each).toList());
    };
  }
}

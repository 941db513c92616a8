package dev.braid.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.client.DaemonClient;
import dev.braid.config.Settings;
import dev.braid.resource.ResourcesJson;
import dev.braid.run.Replay;
import dev.braid.run.RunId;
import dev.braid.run.RunStore;
import dev.braid.store.Json;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code braid status}: how the daemon stands, and what runs. */
@Command(name = "status", description = "Shows the daemon, what runs, and what is wrong.")
final class StatusCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Option(names = "--json", description = "Print it as JSON.")
  private boolean json;

  @Option(names = "--watch", description = "Show it live, on the whole terminal.")
  private boolean watch;

  @Mixin private ColorOption color = new ColorOption();

  StatusCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws IOException {
    if (watch) {
      return LiveView.watch(invocation, color.look(invocation));
    }
    Optional<DaemonClient> daemon = DaemonClient.find(invocation.places().endpointFile());
    String answer = daemon.flatMap(DaemonClient::status).orElse("");
    ObjectNode told = Json.parseObject(answer);
    ObjectNode status = told == null ? withoutDaemon() : told;
    String version = status.path("daemon").path("version").asText();
    if (told != null && !version.equals(Version.number())) {
      status
          .withArray("problems")
          .add(
              "the daemon is version "
                  + version
                  + ", this program "
                  + Version.number()
                  + ": runs go on in this process; braid daemon restart changes that");
    }
    if (json) {
      invocation.out().print(Json.pretty(status));
    } else {
      print(status);
    }
    return ExitCode.GOOD;
  }

  private ObjectNode withoutDaemon() throws IOException {
    Settings settings = Planning.settings(invocation, null);
    var store = new RunStore(invocation.places());
    ObjectNode node = Json.object();
    node.putObject("daemon").put("running", false);
    node.put("mode", settings.mode().wireName());
    var runs = node.putArray("runs");
    for (RunId id : store.unfinished()) {
      Replay replay = Replay.of(store.folder(id));
      runs.addObject().put("run_id", id.value()).put("done", replay.results().size());
    }
    ResourcesJson.addTo(node.putObject("resources"), ResourceCommand.open(invocation).all());
    node.set("stats", StatsCommand.file(invocation, settings).stored().orElseGet(Json::object));
    node.putArray("problems");
    return node;
  }

  private void print(ObjectNode status) {
    JsonNode daemon = status.path("daemon");
    var out = invocation.out();
    if (daemon.path("running").asBoolean()) {
      out.printf(
          "daemon    process %d, version %s, up %s, %d MB%n",
          daemon.path("pid").asLong(),
          daemon.path("version").asText(),
          Seconds.text(daemon.path("uptime_seconds").asDouble()),
          daemon.path("rss_bytes").asLong() / 1_000_000);
    } else {
      out.println("daemon    does not run");
    }
    out.println("mode      " + status.path("mode").asText());
    for (JsonNode run : status.path("runs")) {
      out.printf(
          "run       %s  %d done%s%n",
          new RunId(run.path("run_id").asText()).shortForm(),
          run.path("done").asInt(),
          run.path("tasks").isInt() ? " of " + run.path("tasks").asInt() : "");
    }
    for (JsonNode resource : status.path("resources").path("temporary")) {
      out.printf(
          "%-9s %s  used %s%n",
          resource.path("kind").asText(),
          Printable.line(resource.path("name").asText()),
          ResourceText.times(resource.path("usage_count").asLong()));
    }
    for (JsonNode problem : status.path("problems")) {
      out.println("problem   " + Printable.line(problem.asText()));
    }
  }
}

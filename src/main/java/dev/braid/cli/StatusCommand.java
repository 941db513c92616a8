package dev.braid.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.client.DaemonClient;
import dev.braid.config.ConfigReader;
import dev.braid.config.Places;
import dev.braid.config.Settings;
import dev.braid.process.Processes;
import dev.braid.run.DiskUse;
import dev.braid.run.Problem;
import dev.braid.run.RootStatus;
import dev.braid.run.RunStore;
import dev.braid.store.Json;
import dev.braid.store.OwnerLock;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code braid status}: how the daemon stands, what runs, and what somebody should see to. */
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
    ObjectNode told = Json.parseObject(daemon.flatMap(DaemonClient::status).orElse(""));
    ObjectNode status = told == null ? withoutDaemon() : told;
    JsonNode version = status.path("daemon").path("version");
    if (told != null && !version.asText().equals(Version.number())) {
      var other =
          new Problem(
              "the daemon is version "
                  + version.asText()
                  + ", this program "
                  + Version.number()
                  + ": runs go on in this process",
              "braid daemon restart");
      status.withArray("problems").insert(0, other.toString());
    }
    if (json) {
      invocation.out().print(Json.pretty(status));
    } else {
      new StatusText(status, invocation.terminal().unicode())
          .lines()
          .forEach(invocation.out()::println);
    }
    return ExitCode.GOOD;
  }

  private ObjectNode withoutDaemon() throws IOException {
    var problems = new ArrayList<Problem>();
    Settings settings = settings(problems);
    addAbsence(problems);
    ObjectNode node = Json.object();
    node.putObject("daemon").put("running", false);
    var store = new RunStore(invocation.places());
    var disk =
        new DiskUse(
            invocation.places(), Places.worktrees(invocation.environment(), invocation.userHome()));
    new RootStatus(
            store, ResourceCommand.open(invocation), invocation.clock(), Processes::ofThisSystem)
        .addTo(node, settings, disk.measure(DiskUse.SOME_FILES), problems);
    return node;
  }

  /** The defaults while the file cannot be used: this command is how one learns of that. */
  private Settings settings(List<Problem> problems) {
    var reader = new ConfigReader(invocation.home(), invocation.environment());
    return switch (reader.read(null, Map.of())) {
      case ConfigReader.Loaded loaded -> loaded.settings();
      case ConfigReader.Faulty(var file, List<String> faults) -> {
        problems.add(
            new Problem(
                file + ": " + String.join("; ", faults),
                "mend it, and see: braid config validate"));
        yield Settings.defaults(invocation.places());
      }
    };
  }

  /** What it means that no daemon answers. */
  private void addAbsence(List<Problem> problems) throws IOException {
    Places places = invocation.places();
    if (OwnerLock.isHeld(places.daemonLock())) {
      problems.add(
          new Problem(
              OwnerLock.holder(places.daemonLock()) + ", does not answer",
              "if it stays so, end that process, and: braid daemon start"));
    } else if (Files.exists(places.installedFile()) || Files.exists(places.serviceFile())) {
      problems.add(
          new Problem(
              "the daemon does not run although hooks are installed", "braid daemon start"));
    }
  }
}

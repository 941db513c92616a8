package dev.braid.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.client.DaemonClient;
import dev.braid.install.ServiceKeeper;
import dev.braid.store.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The daemon and the service that runs it. */
final class DaemonChecks {
  private DaemonChecks() {}

  static List<Check> of(Patient patient) throws IOException {
    var checks = new ArrayList<Check>();
    checks.add(service(patient));
    ObjectNode status = Json.parseObject(patient.daemon().flatMap(DaemonClient::status).orElse(""));
    if (status == null) {
      checks.add(Check.bad("daemon", "does not answer", "braid daemon start"));
      return checks;
    }
    JsonNode daemon = status.path("daemon");
    String version = daemon.path("version").asText();
    checks.add(
        version.equals(patient.version())
            ? Check.good("daemon", "process " + daemon.path("pid").asLong() + " answers")
            : Check.bad(
                "daemon",
                "is version " + version + ", this program is " + patient.version(),
                "braid daemon restart"));
    for (JsonNode problem : daemon.path("problems")) {
      String what = problem.path("what").asText();
      checks.add(Check.bad("problems", what, problem.path("remedy").asText()));
    }
    return checks;
  }

  private static Check service(Patient patient) throws IOException {
    if (!Files.exists(patient.layout().places().serviceFile())) {
      return Check.good("service", "none: the hooks start the daemon");
    }
    Optional<ServiceKeeper> keeper = patient.keeper();
    String name = patient.layout().service();
    if (keeper.isEmpty()) {
      return Check.bad(
          "service", name + " is installed, but nothing here runs services", "braid daemon start");
    }
    ServiceKeeper.State state = keeper.get().state(patient.layout());
    if (state != ServiceKeeper.State.RUNNING) {
      return Check.bad("service", name + " does not run", "braid daemon start");
    }
    String advice = keeper.get().advice(patient.layout());
    return advice.isEmpty()
        ? Check.good("service", name + " runs")
        : Check.note("service", name + " runs; " + advice, "");
  }
}

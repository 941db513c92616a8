package dev.braid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.store.Json;
import org.junit.jupiter.api.Test;

class DaemonGlanceTest {
  private static ObjectNode status(String version) {
    ObjectNode status = Json.object().put("mode", "advise");
    status
        .putObject("daemon")
        .put("version", version)
        .put("pid", 4711)
        .put("uptime_seconds", 200.4)
        .put("rss_bytes", 64_400_000);
    status.putArray("problems").add("port 24117 belongs to another program");
    return status;
  }

  @Test
  void a_daemon_is_told_of_in_one_line() {
    DaemonGlance glance = DaemonGlance.of(status(Version.number()));

    assertThat(glance.words()).isEqualTo("daemon up 3 min 20 s, 64 MB, process 4711");
    assertThat(glance.mode()).isEqualTo("advise");
    assertThat(glance.problems()).containsExactly("port 24117 belongs to another program");
  }

  @Test
  void a_daemon_of_another_version_is_a_problem_with_a_remedy() {
    assertThat(DaemonGlance.of(status("0.0.1")).problems())
        .last()
        .asString()
        .contains("0.0.1")
        .endsWith("run braid daemon restart");
  }
}

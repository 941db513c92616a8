package dev.braid.run;

import static dev.braid.cli.WrittenRun.FINISHED;
import static dev.braid.cli.WrittenRun.OWNED;
import static dev.braid.cli.WrittenRun.ended;
import static dev.braid.cli.WrittenRun.starting;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.cli.WrittenRun;
import dev.braid.config.Places;
import dev.braid.config.Settings;
import dev.braid.resource.Resources;
import dev.braid.store.Json;
import dev.braid.store.OwnerLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RootStatusTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-27T15:00:20Z"));
  private static final String TASKS =
      "[{'id':'a','command':'true'},{'id':'b','subject':'Build it','command':'true'}]";
  private static final DiskUse.Figures ENOUGH = new DiskUse.Figures(10, 20, 30, 100L << 30, true);
  private static final String PARKED =
      "{'at':'2026-11-27T15:00:05Z','entry':'parked','failure':'auth','message':'log in'}";

  @TempDir private Path root;

  private ObjectNode status(DiskUse.Figures disk) throws IOException {
    var places = new Places(root);
    ObjectNode status = Json.object();
    new RootStatus(
            new RunStore(places),
            new Resources(places, CLOCK, _ -> {}),
            CLOCK,
            () -> new FakeProcesses())
        .addTo(status, Settings.defaults(places), disk, List.of());
    return status;
  }

  private List<String> problems(DiskUse.Figures disk) throws IOException {
    return status(disk).path("problems").valueStream().map(JsonNode::asText).toList();
  }

  @Test
  void a_new_root_has_all_members_and_no_problem() throws IOException {
    ObjectNode status = status(ENOUGH);

    assertThat(status.properties())
        .extracting(java.util.Map.Entry::getKey)
        .containsExactly("mode", "enabled", "runs", "resources", "stats", "disk", "problems");
    assertThat(status.path("problems")).isEmpty();
    assertThat(status.at("/disk/runs_bytes").asLong()).isEqualTo(10);
    assertThat(status.at("/disk/runs_max_bytes").asLong()).isEqualTo(1L << 30);
  }

  @Test
  void a_run_is_told_with_what_is_done_and_what_runs() throws IOException {
    WrittenRun run =
        WrittenRun.of(root, 1, TASKS)
            .with(
                OWNED,
                starting("a", 1, 0, 1),
                ended("a", "failed", 4, ",'cost_usd':0.5"),
                starting("b", 2, 1, 5));
    try (OwnerLock _ =
        Objects.requireNonNull(OwnerLock.tryAcquire(run.folder().ownerLock(), "a test"))) {
      JsonNode told = status(ENOUGH).at("/runs/0");

      assertThat(told.path("run_id").asText()).isEqualTo(run.id().value());
      assertThat(told.path("status").asText()).isEqualTo("running");
      assertThat(told.path("tasks").asInt()).isEqualTo(2);
      assertThat(told.path("done").asInt()).isEqualTo(1);
      assertThat(told.path("failed").asInt()).isEqualTo(1);
      assertThat(told.path("cost_usd").asDouble()).isEqualTo(0.5);
      assertThat(told.path("elapsed_seconds").asDouble()).isEqualTo(20);
      assertThat(told.at("/running/0"))
          .hasToString("{\"id\":\"b\",\"subject\":\"Build it\",\"attempt\":2,\"seconds\":15.0}");
      assertThat(problems(ENOUGH)).isEmpty();
    }
  }

  @Test
  void runs_that_nobody_owns_have_a_remedy() throws IOException {
    WrittenRun.of(root, 1, TASKS).with(OWNED);
    WrittenRun.of(root, 2, TASKS).with(OWNED, PARKED);

    assertThat(problems(ENOUGH))
        .containsExactly(
            "interrupted, and nobody goes on: 000001 -> braid resume",
            "run 000002 is parked: log in -> braid resume");
    assertThat(status(ENOUGH).at("/runs/1/status").asText()).isEqualTo("parked");
  }

  @Test
  void a_damaged_run_file_is_told() throws IOException {
    WrittenRun run = WrittenRun.of(root, 1, TASKS).with(OWNED);
    Files.writeString(run.folder().request(), "{");

    assertThat(problems(ENOUGH)).singleElement().asString().contains("000001", "damaged");
  }

  @Test
  void work_that_waits_for_a_person_has_the_command_that_settles_it() throws IOException {
    String applied =
        "{'at':'2026-11-27T15:00:08Z','entry':'applied','tree':'/srv','kept':'it does not fit'}";
    WrittenRun.of(root, 1, TASKS)
        .with(
            OWNED,
            ended("a", "failed", 4, ",'failure':'conflict'"),
            applied,
            FINISHED.replace("}", ",'unsettled':true}"));

    assertThat(problems(ENOUGH))
        .containsExactly(
            "run 000001: the work is not in /srv: it does not fit -> braid retry 000001",
            "the work of task a of run 000001 waits for you -> braid resolve 000001 a");
  }

  @Test
  void an_end_that_no_session_is_there_to_hear_is_told() throws IOException {
    WrittenRun run = WrittenRun.of(root, 1, TASKS).with(OWNED, FINISHED);
    Path session = Files.createDirectories(new Places(root).session("s-1"));
    Files.writeString(session.resolve(run.id() + ".ready"), "done");

    assertThat(problems(ENOUGH))
        .containsExactly(
            "ended after their session was closed: 000001"
                + " -> claude --resume s-1, or braid report RUN");
  }

  @Test
  void claimed_tasks_without_a_run_are_told() throws IOException {
    Path list = Files.createDirectories(new Places(root).taskList("l-1"));
    Files.writeString(
        list.resolve("1.json"),
        "{\"owner\":\"braid\",\"status\":\"in_progress\",\"metadata\":{\"braid_run\":\"gone\"}}");
    Files.writeString(
        list.resolve("2.json"), "{\"owner\":\"braid\",\"status\":\"completed\",\"metadata\":{}}");
    Files.writeString(list.resolve("3.json"), "braid");

    assertThat(problems(ENOUGH))
        .containsExactly("nobody does what Braid claimed: l-1/1.json -> braid resume");
  }

  @Test
  void too_little_disk_and_too_much_on_it_are_told() throws IOException {
    assertThat(problems(new DiskUse.Figures(2L << 30, 0, 0, 5L << 20, true)))
        .containsExactly(
            "only 5 MiB of disk are free -> braid gc",
            "runs take more than keep_runs_max_mb, 1024 MiB -> braid gc");
  }
}

package dev.braid.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.cli.Eventually;
import dev.braid.store.Json;
import dev.braid.worker.Answer;
import dev.braid.worker.Block;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What sessions do with temporary skills and agents. */
@Execution(ExecutionMode.CONCURRENT)
class ResourceUseIT {
  private static final String PROMPT = "WRITE-THE-NOTES";

  @RegisterExtension final SessionLab lab = new SessionLab();

  private void create(String kind, String name) {
    lab.root().run(kind, "create", name, "--description", "For " + name).expectExit(0);
  }

  private int uses(String kind, String name) {
    return lab.root()
        .run(kind, "show", name, "--json")
        .expectExit(0)
        .json()
        .path("usage_count")
        .asInt();
  }

  private static ObjectNode agentCall(String kind) {
    return Json.object()
        .put("description", "find")
        .put("prompt", "LOOK-FOR-IT")
        .put("subagent_type", kind)
        .put("run_in_background", false);
  }

  @Test
  void each_use_by_the_model_or_the_person_counts_once() throws IOException {
    create("skill", "notes");
    create("skill", "typed");
    create("skill", "untouched");
    create("agent", "finder");
    lab.stub().when(request -> request.prompt().contains("LOOK-FOR-IT")).answer(Answer.text("it"));
    lab.stub()
        .when(request -> request.prompt().contains(PROMPT))
        .answer(
            Answer.blocks(
                Block.tool("Skill", Json.object().put("skill", "notes")),
                Block.tool("Skill", Json.object().put("skill", "no-such-skill"))),
            Answer.blocks(
                Block.tool("Agent", agentCall("finder")),
                Block.tool("Agent", agentCall("no-such-agent"))));
    lab.startDaemon();

    lab.session(PROMPT).expectExit(0);
    lab.session("/typed for me").expectExit(0);
    lab.root().run("daemon", "stop").expectExit(0);

    assertThat(uses("skill", "notes")).isEqualTo(1);
    assertThat(uses("skill", "typed")).isEqualTo(1);
    assertThat(uses("skill", "untouched")).isZero();
    assertThat(uses("agent", "finder")).isEqualTo(1);
  }

  @Test
  void what_nobody_needs_goes_when_a_session_ends() throws IOException {
    lab.startDaemon();
    create("skill", "old");
    Path file = lab.root().path().resolve("memory/temp/temp-skills-registry.json");
    ObjectNode registry = Objects.requireNonNull(Json.parseObject(Files.readString(file)));
    ((ObjectNode) registry.at("/temporary_skills/0"))
        .put("last_used", Instant.now().minus(Duration.ofDays(40)).toString());
    Files.writeString(file, Json.line(registry));

    lab.session(PROMPT).expectExit(0);

    Eventually.holds(
        "it is gone", () -> !Files.exists(lab.root().path().resolve("skills/temp/old")));
    lab.awaitLog("temporary skill old deleted: Not used in 40 days");
  }
}

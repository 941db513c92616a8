package dev.braid.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.run.NotRun;
import dev.braid.run.Replay;
import dev.braid.run.RunFile;
import dev.braid.run.RunId;
import dev.braid.run.RunStanding;
import dev.braid.run.RunStore;
import dev.braid.store.Json;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code braid runs}: the runs of this root, newest first. */
@Command(name = "runs", description = "Lists runs, newest first.")
final class RunsCommand implements Callable<Integer> {
  /** Runs listed; older ones are in the history. */
  private static final int MAX_RUNS = 50;

  private static final String NOT_RUN = "not run";

  private final Invocation invocation;

  @Option(names = "--json", description = "Print the list as JSON.")
  private boolean json;

  @Option(names = "--explain", description = "Say of each why it ran in parallel or not.")
  private boolean explain;

  RunsCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws IOException {
    var store = new RunStore(invocation.places());
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (RunId id : store.all().stream().limit(MAX_RUNS).toList()) {
      Optional<ObjectNode> run = described(store, id);
      // One that was removed while it was looked at is none.
      if (store.isThere(id)) {
        run.ifPresentOrElse(
            array::add,
            () ->
                invocation.warn("run " + id.shortForm() + " is left out: its run.json is damaged"));
      }
    }
    for (NotRun.Looked looked : new NotRun(invocation.places(), invocation.clock()).all()) {
      array.add(describe(looked));
    }
    if (json) {
      invocation.out().print(Json.pretty(array));
    } else {
      array.forEach(run -> print((ObjectNode) run));
    }
    return ExitCode.GOOD;
  }

  private static ObjectNode describe(NotRun.Looked looked) {
    ObjectNode node =
        Json.object()
            .putNull("run_id")
            .put("source", looked.source())
            .put("created", looked.seen())
            .put("status", NOT_RUN)
            .put("tasks", looked.tasks());
    node.set("decision", PlanJson.decision(looked.decision()));
    return node;
  }

  private static Optional<ObjectNode> described(RunStore store, RunId id) throws IOException {
    Optional<RunFile> file = store.request(id);
    return file.isPresent() ? Optional.of(describe(store, file.get())) : Optional.empty();
  }

  private static ObjectNode describe(RunStore store, RunFile file) throws IOException {
    boolean owned = store.isOwned(file.id());
    Replay replay = Replay.withoutOutput(store.folder(file.id()));
    ObjectNode node =
        Json.object()
            .put("run_id", file.id().value())
            .put("created", file.created().toString())
            .put("status", RunStanding.of(file, replay, owned).status())
            .put("tasks", file.tasks().size())
            .put("done", replay.results().size())
            .put("wall_seconds", replay.wallSeconds())
            .put("cost_usd", replay.costUsd())
            .put("parked", replay.parkedInWords().orElse(null));
    node.set("decision", PlanJson.decision(file.decision()));
    return node;
  }

  private void print(ObjectNode run) {
    if (run.path("run_id").isNull()) {
      printNotRun(run);
    } else {
      printRun(run);
    }
    if (explain) {
      boolean parallel = run.path("decision").path("parallel").asBoolean();
      invocation
          .out()
          .println(
              "        "
                  + (parallel ? "parallel: " : run.path("run_id").isNull() ? "" : "sequential: ")
                  + Printable.line(run.path("decision").path("reason").asText()));
    }
  }

  private void printNotRun(ObjectNode looked) {
    invocation
        .out()
        .printf(
            "-       %s  %-11s %d tasks  %s%n",
            looked.path("created").asText().substring(0, 19).replace('T', ' '),
            NOT_RUN,
            looked.path("tasks").asInt(),
            Printable.line(looked.path("source").asText()));
  }

  private void printRun(ObjectNode run) {
    invocation
        .out()
        .printf(
            "%s  %s  %-11s %d/%d tasks  %s%s%n",
            new RunId(run.path("run_id").asText()).shortForm(),
            run.path("created").asText().substring(0, 19).replace('T', ' '),
            run.path("status").asText(),
            run.path("done").asInt(),
            run.path("tasks").asInt(),
            Seconds.text(run.path("wall_seconds").asDouble()),
            run.path("cost_usd").isNumber()
                ? String.format(Locale.ROOT, "  $%.2f", run.path("cost_usd").doubleValue())
                : "");
    if (run.path("parked").isTextual()) {
      invocation.out().println("        " + Printable.line(run.path("parked").asText()));
    }
  }
}

package dev.braid.cli;

import dev.braid.run.RunFile;
import dev.braid.run.RunId;
import dev.braid.run.RunStore;
import dev.braid.run.Timeline;
import dev.braid.store.Json;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code braid trace RUN}: a run's timeline for viewers of traces. */
@Command(
    name = "trace",
    description = "Prints the timeline of a run in Chrome's trace format, for Perfetto.")
final class TraceCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Mixin private RunArgument run = new RunArgument();

  TraceCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws IOException {
    var store = new RunStore(invocation.places());
    RunId id = run.find(store);
    RunFile file = RunArgument.file(store, id);
    Timeline timeline = Timeline.of(file, store.folder(id));
    invocation.out().print(Json.pretty(TraceJson.write(file, timeline)));
    return ExitCode.GOOD;
  }
}

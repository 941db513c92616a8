package dev.braid.cli;

import dev.braid.config.WireNamed;
import dev.braid.run.Replay;
import dev.braid.run.RunFile;
import dev.braid.run.RunId;
import dev.braid.run.RunOutcome;
import dev.braid.run.RunStore;
import dev.braid.run.Timeline;
import dev.braid.store.Json;
import java.io.IOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code braid report RUN}: the report of a run that ended. */
@Command(name = "report", description = "Shows the report of a run.")
final class ReportCommand implements Callable<Integer> {
  /** How it is written. */
  enum Format implements WireNamed {
    /** For a terminal. */
    TEXT,
    /** Markdown, for a pull request. */
    MD,
    /** What {@code run --json} printed. */
    JSON,
    /** A page that needs nothing else. */
    HTML
  }

  /** By the names that people type. */
  static final class Formats implements CommandLine.ITypeConverter<Format>, Iterable<String> {
    @Override
    public Format convert(String value) {
      return WireNamed.named(Format.class, value)
          .orElseThrow(() ->
              new CommandLine.TypeConversionException(
                  "is one of " + String.join(", ", this) + ", not " + Printable.cut(value, 20)));
    }

    @Override
    public Iterator<String> iterator() {
      return Arrays.stream(Format.values()).map(Format::wireName).iterator();
    }
  }

  private final Invocation invocation;

  @Mixin private RunArgument run = new RunArgument();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      converter = Formats.class,
      completionCandidates = Formats.class,
      description = "One of ${COMPLETION-CANDIDATES} (default: text).")
  private @Nullable Format format;

  @Option(names = "--json", description = "The same as --format json.")
  private boolean json;

  ReportCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws IOException {
    if (json && format != null && format != Format.JSON) {
      throw new Failed(
          ExitCode.USAGE, "--json and --format " + format.wireName() + " exclude each other");
    }
    var store = new RunStore(invocation.places());
    RunId id = run.find(store);
    Replay replay = Replay.of(store.folder(id));
    if (replay.status().isEmpty()) {
      throw new Failed(
          ExitCode.UNAVAILABLE,
          "run "
              + id.shortForm()
              + " has not ended; "
              + (store.isOwned(id)
                  ? "wait for it with: braid wait " + id.shortForm()
                  : "take it up with: braid resume"));
    }
    RunFile file = RunArgument.file(store, id);
    RunOutcome outcome = RunOutcome.soFar(file, replay);
    Format wished = json ? Format.JSON : format == null ? Format.TEXT : format;
    switch (wished) {
      case TEXT ->
          outcome.report(invocation.terminal().unicode()).forEach(invocation.out()::println);
      case MD -> invocation.out().print(new MarkdownReport(outcome).text());
      case JSON -> invocation.out().print(Json.pretty(RunJson.write(outcome)));
      case HTML ->
          invocation
              .out()
              .print(new HtmlReport(outcome, Timeline.of(file, store.folder(id))).text());
    }
    return ExitCode.GOOD;
  }
}

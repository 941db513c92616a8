package dev.braid.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.result.TaskResultJson;
import dev.braid.run.Replay;
import dev.braid.store.Journal;
import dev.braid.store.Json;
import dev.braid.store.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Writes the results of tasks into a journal until all of it is on the disk, and reads one. */
@State(Scope.Thread)
public class JournalBenchmark {
  @Param("10000")
  public int size;

  private List<ObjectNode> entries = List.of();
  private RunFolder written = new RunFolder(Path.of("."));
  private Path next = Path.of(".");

  @Setup
  public void write() throws IOException {
    entries = IntStream.range(0, size).mapToObj(JournalBenchmark::ended).toList();
    written = new RunFolder(Work.folder("journal"));
    next = written.path().resolve("next.jsonl");
    append(written.journal());
    if (Replay.of(written).results().size() != size) {
      throw new IllegalStateException("what is written is not what is read");
    }
  }

  private static ObjectNode ended(int number) {
    ObjectNode entry = Json.object().put("at", "2026-02-16T10:30:00Z").put("entry", "ended");
    return entry.set("result", TaskResultJson.write(Work.result(number)));
  }

  private void append(Path file) throws IOException {
    Files.deleteIfExists(file);
    CompletableFuture<@Nullable Void> last = CompletableFuture.completedFuture(null);
    try (Journal journal = Journal.open(file)) {
      for (ObjectNode entry : entries) {
        last = journal.append(entry);
      }
      last.join();
    }
  }

  @Benchmark
  public void append() throws IOException {
    append(next);
  }

  @Benchmark
  public Replay replay() throws IOException {
    return Replay.of(written);
  }
}

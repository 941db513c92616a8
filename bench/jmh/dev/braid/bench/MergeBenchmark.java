package dev.braid.bench;

import dev.braid.result.Merged;
import dev.braid.result.Merger;
import dev.braid.result.TaskResult;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Merges the results of a run, which are of three kinds. */
@State(Scope.Thread)
public class MergeBenchmark {
  @Param("10000")
  public int size;

  private List<TaskResult> results = List.of();

  @Setup
  public void make() {
    results = IntStream.range(0, size).mapToObj(Work::result).toList();
  }

  @Benchmark
  public Merged merge() {
    return Merger.merge(results, Map.of());
  }
}

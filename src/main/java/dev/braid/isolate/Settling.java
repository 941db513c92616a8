package dev.braid.isolate;

import dev.braid.isolate.Integration.Side;
import dev.braid.isolate.Merge.Stage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Settles a merge for one side: only where both differ does that side win. */
final class Settling {
  private static final int BASE = 1;
  private static final int OURS = 2;
  private static final int THEIRS = 3;

  private static final String REMOVED = "0 " + "0".repeat(40) + " 0\t";

  private Settling() {}

  /** The tree that comes out. */
  static String settle(Repository repository, Merge.Conflicted conflicted, Side side)
      throws IOException {
    Map<String, List<Stage>> byPath = new LinkedHashMap<>();
    for (Stage stage : conflicted.stages()) {
      byPath.computeIfAbsent(stage.path(), _ -> new ArrayList<>()).add(stage);
    }
    try (PrivateIndex index = PrivateIndex.of(repository, conflicted.tree())) {
      var lines = new StringBuilder();
      for (Map.Entry<String, List<Stage>> each : byPath.entrySet()) {
        lines.append(line(repository, each.getKey(), each.getValue(), side)).append('\0');
      }
      index
          .git()
          .run(
              lines.toString().getBytes(StandardCharsets.UTF_8),
              "update-index",
              "-z",
              "--index-info");
      return index.writeTree();
    }
  }

  private static String line(Repository repository, String path, List<Stage> stages, Side side)
      throws IOException {
    Stage base = stage(stages, BASE);
    Stage ours = stage(stages, OURS);
    Stage theirs = stage(stages, THEIRS);
    Stage winner = side == Side.OURS ? ours : theirs;
    if (winner == null) {
      return REMOVED + path;
    }
    String merged =
        ours != null && theirs != null && isFile(ours) && isFile(theirs)
            ? merged(repository, base, ours, theirs, side)
            : null;
    return winner.mode() + " " + (merged == null ? winner.id() : merged) + "\t" + path;
  }

  private static @Nullable Stage stage(List<Stage> stages, int number) {
    return stages.stream().filter(stage -> stage.number() == number).findFirst().orElse(null);
  }

  private static boolean isFile(Stage stage) {
    return stage.mode().startsWith("100");
  }

  /** The file with all that both sides changed without dispute; null when it is not text. */
  private static @Nullable String merged(
      Repository repository, @Nullable Stage base, Stage ours, Stage theirs, Side side)
      throws IOException {
    Path folder = Files.createTempDirectory(repository.gitDir().resolve("braid"), "settle-");
    try {
      Path oursFile = write(repository, ours.id(), folder.resolve("ours"));
      Path theirsFile = write(repository, theirs.id(), folder.resolve("theirs"));
      Path baseFile =
          base == null
              ? Files.writeString(folder.resolve("base"), "")
              : write(repository, base.id(), folder.resolve("base"));
      Git.Output output =
          repository
              .git()
              .attempt(
                  new byte[0],
                  "merge-file",
                  "-p",
                  side == Side.OURS ? "--ours" : "--theirs",
                  oursFile.toString(),
                  baseFile.toString(),
                  theirsFile.toString());
      return output.exit() == 0
          ? repository.git().run(output.out(), "hash-object", "-w", "--stdin").text()
          : null;
    } finally {
      Folders.delete(folder);
    }
  }

  private static Path write(Repository repository, String id, Path file) throws IOException {
    return Files.write(file, repository.git().run("cat-file", "blob", id).out());
  }
}

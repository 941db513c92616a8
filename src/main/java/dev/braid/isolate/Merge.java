package dev.braid.isolate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What comes out when two commits are merged, without a tree of files. */
sealed interface Merge {
  /** They fit. */
  record Clean(String tree) implements Merge {}

  /**
   * They do not.
   *
   * @param tree what git makes of it, with markers where both sides differ
   * @param stages the versions of each path that is not settled
   * @param files the same for people
   */
  record Conflicted(String tree, List<Stage> stages, List<ConflictedFile> files) implements Merge {}

  /**
   * One version of a path that is not settled.
   *
   * @param number 1 for what both began with, 2 for ours, 3 for theirs
   */
  record Stage(String path, int number, String mode, String id) {}

  /** Bytes of a file that are looked at for conflicts; a larger one is shown without its places. */
  int MAX_SHOWN_BYTES = 1 << 20;

  /** Merges two commits on top of what they have in common. */
  static Merge of(Git git, String ours, String theirs) throws IOException {
    Git.Output output =
        git.attempt(new byte[0], "merge-tree", "--write-tree", "-z", "--messages", ours, theirs);
    List<String> parts = output.parts();
    if (output.exit() > 1 || parts.isEmpty()) {
      throw git.failed(output, "merge-tree");
    }
    String tree = parts.getFirst();
    return output.exit() == 0 ? new Clean(tree) : conflicted(git, tree, parts);
  }

  private static Conflicted conflicted(Git git, String tree, List<String> parts)
      throws IOException {
    var stages = new ArrayList<Stage>();
    int at = 1;
    for (; at < parts.size() && !parts.get(at).isEmpty(); at++) {
      // <mode> <id> <stage>\t<path>
      List<String> halves = List.of(parts.get(at).split("\t", 2));
      List<String> fields = List.of(halves.get(0).split(" "));
      stages.add(
          new Stage(halves.get(1), Integer.parseInt(fields.get(2)), fields.get(0), fields.get(1)));
    }
    Map<String, String> reasons = reasons(parts, at + 1);
    var files = new LinkedHashMap<String, ConflictedFile>();
    for (Stage stage : stages) {
      if (!files.containsKey(stage.path())) {
        String reason = reasons.getOrDefault(stage.path(), "both sides changed it");
        files.put(
            stage.path(), new ConflictedFile(stage.path(), reason, hunks(git, tree, stage.path())));
      }
    }
    return new Conflicted(tree, stages, List.copyOf(files.values()));
  }

  /** What git says of each path: a number of paths, these, a kind and a text, again and again. */
  private static Map<String, String> reasons(List<String> parts, int from) {
    var reasons = new LinkedHashMap<String, String>();
    int at = from;
    while (at < parts.size() && !parts.get(at).isEmpty()) {
      int paths = Integer.parseInt(parts.get(at));
      String kind = at + paths + 1 < parts.size() ? parts.get(at + paths + 1) : "";
      String text = at + paths + 2 < parts.size() ? parts.get(at + paths + 2) : "";
      if (kind.startsWith("CONFLICT")) {
        for (String path : parts.subList(at + 1, at + 1 + paths)) {
          reasons.putIfAbsent(path, text.strip());
        }
      }
      at += paths + 3;
    }
    return reasons;
  }

  private static List<ConflictedFile.Hunk> hunks(Git git, String tree, String path)
      throws IOException {
    Git.Output file = git.attempt(new byte[0], "cat-file", "blob", tree + ":" + path);
    boolean shown = file.exit() == 0 && file.out().length <= MAX_SHOWN_BYTES;
    return shown ? Markers.hunks(new String(file.out(), StandardCharsets.UTF_8)) : List.of();
  }
}

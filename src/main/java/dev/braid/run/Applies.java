package dev.braid.run;

import dev.braid.isolate.Change;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a journal says of work that was brought into trees, by tree. */
final class Applies {
  private final Map<Path, List<Change>> open = new LinkedHashMap<>();
  private final Map<Path, List<List<Change>>> done = new LinkedHashMap<>();
  private final Map<Path, String> kept = new LinkedHashMap<>();

  void add(Entry.Applying applying) {
    open.put(applying.tree(), applying.changes());
  }

  void add(Entry.Applied applied) {
    List<Change> changes = open.remove(applied.tree());
    if (applied.kept() != null) {
      kept.put(applied.tree(), applied.kept());
    } else {
      kept.remove(applied.tree());
      if (changes != null) {
        done.computeIfAbsent(applied.tree(), _ -> new ArrayList<>()).add(changes);
      }
    }
  }

  void add(Entry.Undone undone) {
    done.remove(undone.tree());
  }

  /** Begun and, as far as anybody knows, not ended. */
  Map<Path, List<Change>> open() {
    return Map.copyOf(open);
  }

  /** Applies that stand in trees and can be undone, oldest first. */
  Map<Path, List<List<Change>>> done() {
    return Map.copyOf(done);
  }

  /** Trees that the work did not fit into, with the reason and what gets it there, a line each. */
  List<String> inWords() {
    return kept.entrySet().stream()
        .map(each -> "the work is not in " + each.getKey() + ": " + each.getValue())
        .toList();
  }
}

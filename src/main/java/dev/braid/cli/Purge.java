package dev.braid.cli;

import dev.braid.config.Places;
import dev.braid.install.Uninstaller;
import dev.braid.resource.Named;
import dev.braid.resource.Resource;
import dev.braid.resource.Resources;
import dev.braid.run.RunStore;
import dev.braid.run.WorktreeRetention;
import dev.braid.store.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Removes what Braid made while it was used. Work in worktrees that is nowhere else stays. */
final class Purge {
  private final Invocation invocation;
  private final Places places;

  Purge(Invocation invocation) {
    this.invocation = invocation;
    this.places = invocation.places();
  }

  void run() throws IOException {
    removeWorktrees();
    removeResources();
    for (Path tree : List.of(places.parallelResults(), places.trash())) {
      Trees.delete(tree);
    }
    removeFiles(places.registryFile().resolveSibling("."), "temp-skills-registry.");
    removeFiles(places.logs(), "parallel-execution");
    Files.deleteIfExists(places.history());
    List<Path> folders =
        List.of(
            places.temporarySkills(),
            places.temporaryAgents(),
            places.skills(),
            places.agents(),
            places.registryFile().resolveSibling("."),
            places.logs(),
            places.droppedTasks());
    for (Path folder : folders) {
      Uninstaller.removeIfEmpty(folder.normalize());
    }
  }

  private void removeWorktrees() throws IOException {
    Path worktrees = Places.worktrees(invocation.environment(), invocation.userHome());
    var store = new RunStore(places);
    var retention = new WorktreeRetention(store, invocation.clock(), worktrees, 0, 0);
    for (WorktreeRetention.Removal removal : retention.due()) {
      if (!retention.remove(removal, invocation.environment())) {
        invocation.warn(removal.worktree().folder() + " stays: its repository is gone");
      }
    }
    Uninstaller.removeIfEmpty(worktrees);
  }

  /** Files that lie below no folder of their own, by the beginning of their names. */
  private static void removeFiles(Path folder, String beginning) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.filter(file -> file.getFileName().toString().startsWith(beginning)).toList();
    }
    for (Path file : files) {
      Files.delete(file);
    }
  }

  private void removeResources() throws IOException {
    var resources = new Resources(places, invocation.clock(), invocation::warn);
    for (Resource resource : resources.all()) {
      var named = new Named(resource.kind(), resource.name());
      var _ = resources.delete(named, "Braid was uninstalled", Set::of);
    }
  }
}

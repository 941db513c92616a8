package dev.braid.isolate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What makes a copy of a tree different from the tree as the user sees it. */
final class Hazards {
  /** Files of git that say that it is in the middle of something, and of what. */
  private static final List<List<String>> IN_PROGRESS =
      List.of(
          List.of("MERGE_HEAD", "a merge"),
          List.of("rebase-merge", "a rebase"),
          List.of("rebase-apply", "a rebase"),
          List.of("CHERRY_PICK_HEAD", "a cherry-pick"),
          List.of("REVERT_HEAD", "a revert"),
          List.of("BISECT_LOG", "a bisect"));

  private static final String REPOSITORY = "160000";

  /** Paths that attributes of git live in. */
  private static final String ATTRIBUTES = ".gitattributes";

  private final Repository repository;

  private Hazards(Repository repository) {
    this.repository = repository;
  }

  /** One entry of an index. */
  private record Entry(char tag, String mode, String id, int stage, String path) {
    boolean isTrustedBlindly() {
      return tag == 'S' || Character.isLowerCase(tag);
    }
  }

  /** The first thing that is in the way, in words that follow "because"; empty for none. */
  static Optional<String> of(Repository repository) throws IOException {
    return new Hazards(repository).first();
  }

  private Optional<String> first() throws IOException {
    for (List<String> each : IN_PROGRESS) {
      if (Files.exists(repository.gitDir().resolve(each.getFirst()))) {
        return Optional.of(each.getLast() + " is in progress in " + repository.top());
      }
    }
    List<Entry> entries = entries();
    for (Entry entry : entries) {
      Optional<String> hazard =
          entry.stage() > 0 ? Optional.of(entry.path() + " is in conflict") : hazard(entry);
      if (hazard.isPresent()) {
        return hazard;
      }
    }
    return largeFiles(entries);
  }

  private List<Entry> entries() throws IOException {
    var entries = new ArrayList<Entry>();
    for (String part : repository.git().run("ls-files", "-s", "-v", "-z").parts()) {
      // H 100644 <id> 0\t<path>
      List<String> halves = List.of(part.split("\t", 2));
      List<String> fields = List.of(halves.getFirst().split(" "));
      entries.add(
          new Entry(
              fields.get(0).charAt(0),
              fields.get(1),
              fields.get(2),
              Integer.parseInt(fields.get(3)),
              halves.getLast()));
    }
    return entries;
  }

  private Optional<String> hazard(Entry entry) throws IOException {
    Path file = repository.top().resolve(entry.path());
    if (entry.mode().equals(REPOSITORY)) {
      return submodule(entry, file);
    }
    if (!entry.isTrustedBlindly() || !Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    boolean isLink = Files.isSymbolicLink(file);
    Git.Output id = repository.git().attempt(new byte[0], "hash-object", "--", entry.path());
    boolean isSame =
        isLink
            ? new Content(Content.Kind.LINK, entry.id())
                .equals(Content.of(file, repository.objectFormat()))
            : id.exit() == 0 && id.text().equals(entry.id());
    return isSame
        ? Optional.empty()
        : Optional.of("git is told not to look at " + entry.path() + ", which is changed");
  }

  /** One that is not checked out here is empty in a copy too, which is the same. */
  private Optional<String> submodule(Entry entry, Path folder) throws IOException {
    if (!Files.exists(folder.resolve(".git"))) {
      return Optional.empty();
    }
    Git inside = repository.git().in(folder);
    boolean isChanged =
        !inside.run("status", "--porcelain", "--untracked-files=normal").text().isEmpty();
    if (isChanged) {
      return Optional.of("the submodule " + entry.path() + " has changes of its own");
    }
    return Files.exists(folder.resolve(".gitmodules"))
        ? Optional.of("the submodule " + entry.path() + " has submodules itself")
        : Optional.empty();
  }

  /** Files that git-lfs keeps elsewhere must all be on this machine. */
  private Optional<String> largeFiles(List<Entry> entries) throws IOException {
    boolean used = false;
    for (Entry entry : entries) {
      Path file = repository.top().resolve(entry.path());
      boolean isAttributes =
          entry.path().equals(ATTRIBUTES) || entry.path().endsWith("/" + ATTRIBUTES);
      used |=
          isAttributes
              && Files.isRegularFile(file)
              && Files.readString(file, StandardCharsets.ISO_8859_1).contains("filter=lfs");
    }
    if (!used) {
      return Optional.empty();
    }
    if (repository.git().attempt(new byte[0], "lfs", "version").exit() != 0) {
      return Optional.of("it uses git-lfs, which is not installed");
    }
    Set<String> missing = Set.of();
    for (Entry entry : entries) {
      missing = missing.isEmpty() ? missingObject(entry) : missing;
    }
    return missing.stream().findFirst().map(path -> "git-lfs has not fetched " + path);
  }

  private Set<String> missingObject(Entry entry) throws IOException {
    Git.Output attribute =
        repository.git().attempt(new byte[0], "check-attr", "filter", "--", entry.path());
    if (!attribute.text().endsWith(": lfs")) {
      return Set.of();
    }
    String pointer = repository.git().run("cat-file", "blob", entry.id()).text();
    for (String line : pointer.lines().toList()) {
      String start = "oid sha256:";
      if (line.startsWith(start)) {
        String id = line.substring(start.length());
        Path object =
            repository
                .commonDir()
                .resolve("lfs/objects")
                .resolve(id.substring(0, 2))
                .resolve(id.substring(2, 4))
                .resolve(id);
        return Files.exists(object) ? Set.of() : Set.of(entry.path());
      }
    }
    return Set.of();
  }
}

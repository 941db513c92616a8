package dev.braid.resource;

import dev.braid.config.Places;
import dev.braid.fault.FaultPoint;
import dev.braid.store.AtomicFile;
import dev.braid.store.AtomicFile.Durability;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The files of temporary skills and agents. Claude Code sees a skill only by the links {@code
 * skills/temp/NAME/SKILL.md -> skill.md} and {@code skills/NAME -> temp/NAME}. Nothing outside of
 * the two temporary folders is written but that link, and no link is followed out of them.
 */
record ResourceFiles(Places places) {
  private static final String FILE = "skill.md";
  private static final String SEEN_AS = "SKILL.md";

  /** A longer file is not read. */
  private static final long MAX_BYTES = 1 << 20;

  /** The one file that says what it is. */
  Path file(ResourceKind kind, String name) {
    return switch (kind) {
      case SKILL -> places.temporarySkills().resolve(name).resolve(FILE);
      case AGENT -> places.temporaryAgents().resolve(name + ".md");
    };
  }

  /** All of it: of a skill the folder, which may hold more than the one file. */
  Path content(ResourceKind kind, String name) {
    return switch (kind) {
      case SKILL -> places.temporarySkills().resolve(name);
      case AGENT -> file(kind, name);
    };
  }

  /** Where all of it stands once it is temporary no more. */
  Path promoted(ResourceKind kind, String name) {
    return switch (kind) {
      case SKILL -> link(name);
      case AGENT -> places.agents().resolve(name + ".md");
    };
  }

  private Path folder(ResourceKind kind) {
    return switch (kind) {
      case SKILL -> places.temporarySkills();
      case AGENT -> places.temporaryAgents();
    };
  }

  private Path link(String name) {
    return places.skills().resolve(name);
  }

  boolean exists(ResourceKind kind, String name) {
    return isThere(content(kind, name));
  }

  private static boolean isThere(Path path) {
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
  }

  /** Names of all that have their file, whoever made it. */
  List<String> names(ResourceKind kind) throws IOException {
    var names = new ArrayList<String>();
    if (!Files.isDirectory(folder(kind), LinkOption.NOFOLLOW_LINKS)) {
      return names;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder(kind))) {
      for (Path each : files) {
        String file = String.valueOf(each.getFileName());
        String name = kind == ResourceKind.AGENT ? file.replaceFirst("\\.md$", "") : file;
        if (ResourceName.isSafe(name) && read(kind, name).isPresent()) {
          names.add(name);
        }
      }
    }
    names.sort(null);
    return names;
  }

  /** The text of its file; empty when that is none, or a link. */
  Optional<String> read(ResourceKind kind, String name) throws IOException {
    Path file = file(kind, name);
    boolean isOurs =
        Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
            && !Files.isSymbolicLink(content(kind, name))
            && file.toFile().length() <= MAX_BYTES;
    return isOurs ? AtomicFile.find(file) : Optional.empty();
  }

  void write(ResourceKind kind, String name, String text) throws IOException {
    makeFolder(folder(kind));
    if (kind == ResourceKind.SKILL) {
      makeFolder(content(kind, name));
    }
    AtomicFile.write(file(kind, name), text, Durability.MACHINE);
    show(kind, name);
  }

  private static void makeFolder(Path folder) throws IOException {
    if (Files.isSymbolicLink(folder)) {
      throw new IOException(folder + " is a link: what is temporary is kept out of its target");
    }
    Files.createDirectories(folder);
  }

  /** Sees to the links by which Claude Code sees a skill; what is there already is left. */
  void show(ResourceKind kind, String name) throws IOException {
    if (kind == ResourceKind.SKILL && exists(kind, name)) {
      linkUnlessThere(content(kind, name).resolve(SEEN_AS), Path.of(FILE));
      linkUnlessThere(link(name), target(name));
    }
  }

  private Path target(String name) {
    return places.skills().relativize(places.temporarySkills()).resolve(name);
  }

  private static void linkUnlessThere(Path link, Path target) throws IOException {
    if (!isThere(link)) {
      try {
        FaultPoint.pass("resource.link");
        Files.createSymbolicLink(link, target);
      } catch (FileAlreadyExistsException _) {
        // Somebody was faster.
      }
    }
  }

  /** Whether the user's folder of skills has our link to it. */
  boolean hasLink(String name) throws IOException {
    return Files.isSymbolicLink(link(name))
        && Files.readSymbolicLink(link(name)).equals(target(name));
  }

  /** Takes all of it away from Claude Code, to another place. Done already, nothing happens. */
  void moveOut(ResourceKind kind, String name, Path to) throws IOException {
    if (kind == ResourceKind.SKILL && hasLink(name)) {
      Files.delete(link(name));
      FaultPoint.pass("resource.unlinked");
    }
    boolean isInside = !Files.isSymbolicLink(folder(kind));
    if (isInside && exists(kind, name) && !isThere(to)) {
      move(content(kind, name), to);
    }
  }

  /** Brings all of it back. Done already, nothing happens. */
  void moveIn(ResourceKind kind, String name, Path from) throws IOException {
    if (isThere(from) && !exists(kind, name)) {
      makeFolder(folder(kind));
      move(from, content(kind, name));
    }
    show(kind, name);
  }

  /** Makes it a permanent one. Done already, nothing happens. */
  void promote(ResourceKind kind, String name) throws IOException {
    if (!exists(kind, name)) {
      return;
    }
    if (kind == ResourceKind.SKILL) {
      Path seen = content(kind, name).resolve(SEEN_AS);
      if (Files.isSymbolicLink(seen) && isThere(file(kind, name))) {
        Files.move(
            file(kind, name),
            seen,
            StandardCopyOption.ATOMIC_MOVE,
            StandardCopyOption.REPLACE_EXISTING);
      }
    }
    moveOut(kind, name, promoted(kind, name));
  }

  private static void move(Path from, Path to) throws IOException {
    Files.createDirectories(Objects.requireNonNull(to.getParent()));
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
      FaultPoint.pass("resource.moved");
    } catch (AtomicMoveNotSupportedException e) {
      throw new IOException("moving " + from + " to " + to + ": they are on different disks", e);
    }
  }
}

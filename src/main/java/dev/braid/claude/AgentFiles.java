package dev.braid.claude;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where Claude Code finds agents: any {@code .md} below {@code agents/} of the user, the project or
 * a plugin. An agent has the name that its head says.
 *
 * @param root the user's folder
 */
public record AgentFiles(Path root) {
  /** Files that are looked at in one folder. */
  private static final int MAX_FILES = 2_000;

  private static final int MAX_DEPTH = 8;

  /** A longer file is no agent. */
  private static final long MAX_BYTES = 1 << 20;

  /** The agent that a session in a folder has by that name. */
  public Optional<Described> find(String name, Path cwd) throws IOException {
    if (BuiltIn.AGENTS.contains(name)) {
      return Optional.of(Described.builtIn(name));
    }
    for (Path folder : ProjectFolders.of(cwd, root)) {
      for (Described agent : below(folder.resolve("agents"))) {
        if (agent.name().equals(name)) {
          return Optional.of(agent);
        }
      }
    }
    for (Map.Entry<String, Path> plugin : Plugins.installed(root).entrySet()) {
      for (Described agent : below(plugin.getValue().resolve("agents"))) {
        if (name.equals(agent.name()) || isOf(plugin.getKey(), agent.name(), name)) {
          return Optional.of(agent);
        }
      }
    }
    return Optional.empty();
  }

  /** An agent of a plugin is called {@code plugin:name}, or with the folders between. */
  private static boolean isOf(String plugin, String agent, String name) {
    return name.startsWith(plugin + ":") && name.endsWith(":" + agent);
  }

  /** The user's own agents, without those in a folder below. */
  public List<Described> own(Path without) throws IOException {
    return below(root.resolve("agents")).stream()
        .filter(agent -> !agent.file().startsWith(without))
        .toList();
  }

  /** Those in a folder and below; others may write and remove some meanwhile. */
  private static List<Described> below(Path folder) throws IOException {
    var files = new ArrayList<Path>();
    Files.walkFileTree(
        folder,
        Set.of(),
        MAX_DEPTH,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.toString().endsWith(".md")) {
              files.add(file);
            }
            return files.size() < MAX_FILES ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            return goneOr(e);
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e)
              throws IOException {
            return e == null ? FileVisitResult.CONTINUE : goneOr(e);
          }
        });
    var agents = new ArrayList<Described>();
    for (Path file : files) {
      described(file).ifPresent(agents::add);
    }
    return agents;
  }

  private static FileVisitResult goneOr(IOException e) throws IOException {
    if (e instanceof NoSuchFileException) {
      return FileVisitResult.CONTINUE;
    }
    throw new IOException("reading agents: " + e, e);
  }

  /** Empty for what is no agent, or gone. */
  private static Optional<Described> described(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      return Files.size(file) > MAX_BYTES
          ? Optional.empty()
          : FrontMatter.of(Texts.read(file))
              .filter(head -> !head.field("name").isEmpty())
              .map(head ->
                  new Described(head.field("name"), file, head.field("description"), head.body()));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
  }
}

package dev.braid.claude;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

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

  private static List<Described> below(Path folder) throws IOException {
    var agents = new ArrayList<Described>();
    if (!Files.isDirectory(folder)) {
      return agents;
    }
    try (Stream<Path> files = Files.walk(folder, MAX_DEPTH)) {
      for (Path file :
          files
              .filter(each -> each.toString().endsWith(".md") && Files.isRegularFile(each))
              .limit(MAX_FILES)
              .toList()) {
        if (Files.size(file) <= MAX_BYTES) {
          FrontMatter.of(Texts.read(file))
              .filter(head -> !head.field("name").isEmpty())
              .ifPresent(head ->
                  agents.add(
                      new Described(
                          head.field("name"), file, head.field("description"), head.body())));
        }
      }
    } catch (UncheckedIOException e) {
      throw new IOException("reading the agents in " + folder, e.getCause());
    }
    return agents;
  }
}

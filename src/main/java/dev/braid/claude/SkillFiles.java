package dev.braid.claude;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where Claude Code finds skills: {@code skills/NAME/SKILL.md}, and commands, which are called the
 * same way, in the user's folder, the project's and those of plugins. A skill has the name of its
 * folder.
 *
 * @param root the user's folder
 */
public record SkillFiles(Path root) {
  /** What a name of a file or folder may be here: no path leads out of a folder by it. */
  private static final Pattern SAFE = Pattern.compile("[\\w][\\w.-]{0,127}");

  private static final Pattern OF_PLUGIN = Pattern.compile("([\\w][\\w.-]*):([\\w][\\w.-]*)");

  /** A longer file is no skill. */
  private static final long MAX_BYTES = 1 << 20;

  /** The skill that a session in a folder has by that name. */
  public Optional<Described> find(String name, Path cwd) throws IOException {
    for (Path file : candidates(name, cwd)) {
      Optional<Described> found = read(name, file);
      if (found.isPresent()) {
        return found;
      }
    }
    return BuiltIn.SKILLS.contains(name) ? Optional.of(Described.builtIn(name)) : Optional.empty();
  }

  private List<Path> candidates(String name, Path cwd) {
    var files = new ArrayList<Path>();
    Map<String, Path> plugins = Plugins.installed(root);
    if (SAFE.matcher(name).matches()) {
      for (Path folder : ProjectFolders.of(cwd, root)) {
        addTo(files, folder, name);
      }
      plugins.values().forEach(plugin -> addTo(files, plugin, name));
    }
    var ofPlugin = OF_PLUGIN.matcher(name);
    if (ofPlugin.matches() && plugins.containsKey(ofPlugin.group(1))) {
      addTo(files, plugins.get(ofPlugin.group(1)), ofPlugin.group(2));
    }
    return files;
  }

  private static void addTo(List<Path> files, Path folder, String name) {
    files.add(folder.resolve("skills").resolve(name).resolve("SKILL.md"));
    files.add(folder.resolve("commands").resolve(name + ".md"));
  }

  private static Optional<Described> read(String name, Path file) throws IOException {
    String text;
    try {
      if (!Files.isRegularFile(file) || Files.size(file) > MAX_BYTES) {
        return Optional.empty();
      }
      text = Texts.read(file);
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
    FrontMatter head = FrontMatter.of(text).orElse(new FrontMatter(Map.of(), text.strip()));
    return Optional.of(new Described(name, file, head.field("description"), head.body()));
  }

  /**
   * What stands in the way of a new skill of that name in the user's folder, be it a broken link or
   * a plugin; empty when nothing does.
   */
  public Optional<Path> inTheWay(String name, Path cwd) throws IOException {
    Optional<Path> file = find(name, cwd).map(Described::file);
    Path own = root.resolve("skills").resolve(name);
    if (file.isPresent()) {
      return file;
    }
    Path plugin = Plugins.installed(root).get(name);
    if (plugin != null) {
      return Optional.of(plugin);
    }
    return Files.exists(own, LinkOption.NOFOLLOW_LINKS) ? Optional.of(own) : Optional.empty();
  }

  /** The user's own skills; links are not among them, for temporary ones are links. */
  public List<Described> own() throws IOException {
    var skills = new ArrayList<Described>();
    Path folder = root.resolve("skills");
    if (!Files.isDirectory(folder)) {
      return skills;
    }
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(folder)) {
      for (Path each : folders) {
        if (Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS)) {
          read(each.getFileName().toString(), each.resolve("SKILL.md")).ifPresent(skills::add);
        }
      }
    }
    return skills;
  }
}

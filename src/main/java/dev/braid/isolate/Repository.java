package dev.braid.isolate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A git repository with a tree of files, as seen from one of its trees. Safe for several threads.
 */
public final class Repository {
  private static final int LINES = 5;

  private final Path top;
  private final Path gitDir;
  private final Path commonDir;
  private final String objectFormat;
  private final Git git;

  private Repository(Path top, Path gitDir, Path commonDir, String objectFormat, Git git) {
    this.top = top;
    this.gitDir = gitDir;
    this.commonDir = commonDir;
    this.objectFormat = objectFormat;
    this.git = git;
  }

  /** Whether a folder lies in a repository. */
  public sealed interface Found {
    /**
     * It does.
     *
     * @param below the folder, relative to the top of the repository; empty for the top
     */
    record Inside(Repository repository, Path below) implements Found {}

    /**
     * It does not, or nothing can be done with it.
     *
     * @param reason in words that follow "because"
     */
    record Outside(String reason) implements Found {}
  }

  /**
   * Looks for the repository of a folder.
   *
   * @param environment all variables of the caller
   */
  public static Found find(Path folder, Map<String, String> environment) throws IOException {
    if (!Files.isDirectory(folder)) {
      return new Found.Outside("there is no folder " + folder);
    }
    Git git = Git.in(folder, environment);
    GitVersion version;
    try {
      version = GitVersion.parse(git.run("version").text());
    } catch (GitException e) {
      return new Found.Outside(String.valueOf(e.getMessage()));
    } catch (IOException _) {
      return new Found.Outside("git cannot be started");
    }
    if (!version.isGoodEnough()) {
      return new Found.Outside(
          "git is version " + version + " and " + GitVersion.OLDEST + " or newer is needed");
    }
    Git.Output output =
        git.attempt(
            new byte[0],
            "rev-parse",
            "--path-format=absolute",
            "--show-toplevel",
            "--git-dir",
            "--git-common-dir",
            "--show-object-format",
            "--show-prefix");
    List<String> lines = List.of(output.text().split("\n", -1));
    if (output.exit() != 0 || lines.size() < LINES - 1 || lines.size() > LINES) {
      String why = output.err().lines().findFirst().orElse("its name holds a line break");
      return new Found.Outside(folder + " is in no git repository (" + why + ")");
    }
    Path top = Path.of(lines.get(0));
    String prefix = lines.size() < LINES ? "" : lines.get(LINES - 1);
    return new Found.Inside(
        new Repository(
            top, Path.of(lines.get(1)), Path.of(lines.get(2)), lines.get(3), git.in(top)),
        Path.of(prefix));
  }

  /** Folder of the tree; absolute, without symbolic links. */
  public Path top() {
    return top;
  }

  /** What git keeps for this tree alone. */
  Path gitDir() {
    return gitDir;
  }

  /** What git keeps for all trees of the repository. */
  Path commonDir() {
    return commonDir;
  }

  /** The hash that names objects: {@code sha1} or {@code sha256}. */
  String objectFormat() {
    return objectFormat;
  }

  /** Git in the top folder. */
  Git git() {
    return git;
  }

  /** The commit that is checked out; empty before the first one. */
  String head() throws IOException {
    Git.Output output = git.attempt(new byte[0], "rev-parse", "-q", "--verify", "HEAD^{commit}");
    return output.exit() == 0 ? output.text() : "";
  }

  @Override
  public String toString() {
    return "Repository[" + top + "]";
  }
}

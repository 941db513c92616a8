package dev.braid.apart;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.cli.Ended;
import dev.braid.cli.TaskDocument;
import dev.braid.cli.TempRoot;
import dev.braid.store.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The surroundings of one test whose tasks are commands in worktrees: those of {@link TempRoot},
 * whose folder of work is a git repository with one commit, of {@code shared.txt}.
 */
public final class GitRoot implements BeforeEachCallback, AfterEachCallback, AutoCloseable {
  private static final Path NO_INPUT = Path.of("/dev/null");

  private final TempRoot root = new TempRoot();

  /** Runs {@code bin/braid}, holds files and variables. */
  public TempRoot root() {
    return root;
  }

  /** A task that runs a command in a worktree. */
  public static ObjectNode task(String id, String command, String... blockedBy) {
    return TaskDocument.command(id, command, blockedBy).put("isolation", "worktree");
  }

  /** A command that puts a line in place of the second one of {@code shared.txt}. */
  public static String saysSecond(String text) {
    return "sed -i.old 's/^two.*/" + text + "/' shared.txt && rm shared.txt.old";
  }

  /** Runs git in the folder of work. */
  public Ended git(String... arguments) {
    return root.startCommand(root.work(), NO_INPUT, "git", arguments).await().expectExit(0);
  }

  /** Writes settings of the user. */
  void configure(ObjectNode settings) throws IOException {
    Files.createDirectories(root.configFile().resolveSibling("."));
    Files.writeString(root.configFile(), Json.line(settings));
  }

  /** Settings by repository, for this one. */
  ObjectNode here(String name, String value) {
    ObjectNode settings = Json.object();
    settings.putObject(name).put(root.work().toString(), value);
    return settings;
  }

  /** Writes the tasks to a file outside of the repository. */
  void write(ObjectNode... tasks) throws IOException {
    root.write("../tasks.json", TaskDocument.of(tasks));
  }

  /** Runs what was written. */
  Ended run() {
    return root.run("run", "--force", "--json", "../tasks.json");
  }

  /** Lines of git about worktrees beside the user's own tree. */
  public List<String> worktrees() {
    return git("worktree", "list", "--porcelain")
        .out()
        .lines()
        .filter(line -> line.startsWith("worktree "))
        .skip(1)
        .toList();
  }

  /** All that is the user's own in git: branches, HEAD, index, stash. */
  public String kept() {
    return git("for-each-ref", "refs/heads", "refs/tags", "refs/stash").out()
        + git("ls-files", "-s").out()
        + git("symbolic-ref", "HEAD").out()
        + git("stash", "list").out();
  }

  @Override
  public void beforeEach(ExtensionContext context) throws IOException {
    begin();
  }

  /** Makes the repository. */
  public void begin() throws IOException {
    git("init", "-q", "-b", "main");
    git("config", "user.name", "Ann");
    git("config", "user.email", "ann@example.org");
    root.write("shared.txt", "one\ntwo\nthree\n");
    git("add", "shared.txt");
    git("commit", "-q", "-m", "Begin");
  }

  @Override
  public void afterEach(ExtensionContext context) {
    close();
  }

  @Override
  public void close() {
    root.close();
  }
}

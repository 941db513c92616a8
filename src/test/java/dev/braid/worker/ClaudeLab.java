package dev.braid.worker;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.cli.BraidProcess;
import dev.braid.cli.Ended;
import dev.braid.cli.TempRoot;
import dev.braid.store.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The surroundings of one test with the real Claude Code: those of {@link TempRoot}, whose folder
 * of work is a git repository with one commit, and a stand-in for the API. What is started there
 * finds {@code claude} on its path and talks to nobody but the stub.
 */
public final class ClaudeLab implements BeforeEachCallback, AfterEachCallback, AutoCloseable {
  private static final Path NO_INPUT = Path.of("/dev/null");

  private final TempRoot root = new TempRoot();
  private final StubApi stub = StubApi.start();
  private final Path bin = root.path().resolveSibling("bin");

  public ClaudeLab() {
    root.with("PATH", bin + ":" + root.variable("PATH"))
        .with("TERM", "xterm-256color")
        .with("ANTHROPIC_BASE_URL", stub.url())
        .with("ANTHROPIC_API_KEY", "sk-test-not-a-key")
        .with("CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC", "1")
        .with("DISABLE_AUTOUPDATER", "1");
  }

  /** Runs {@code bin/braid}, holds files and variables. */
  public TempRoot root() {
    return root;
  }

  public StubApi stub() {
    return stub;
  }

  /** Starts {@code claude} itself, with a prompt on standard input. */
  public BraidProcess startClaude(String prompt, String... arguments) throws IOException {
    Path input = Files.createTempFile(root.temporary(), "prompt", ".txt");
    Files.writeString(input, prompt);
    return root.startCommand(root.work(), input, bin.resolve("claude").toString(), arguments);
  }

  /** The last line of type {@code result} that {@code claude -p} printed as a stream of JSON. */
  public static ObjectNode result(Ended ended) {
    return ended
        .out()
        .lines()
        .map(Json::parseObject)
        .filter(Objects::nonNull)
        .filter(line -> line.path("type").asText().equals("result"))
        .reduce((_, later) -> later)
        .orElseThrow(() -> new AssertionError("no result; it says: " + ended.err()));
  }

  /** Runs git in the folder of work. */
  public Ended git(String... arguments) {
    return root.startCommand(root.work(), NO_INPUT, "git", arguments).await().expectExit(0);
  }

  @Override
  public void beforeEach(ExtensionContext context) throws IOException {
    prepare();
  }

  /** Makes the repository and puts {@code claude} on the path. */
  public void prepare() throws IOException {
    Path claude = ClaudeCli.binary();
    Files.createSymbolicLink(Files.createDirectory(bin).resolve("claude"), claude);
    git("init", "-q", "-b", "main");
    git("config", "user.name", "Ann");
    git("config", "user.email", "ann@example.org");
    root.write("README.md", "A project.\n");
    git("add", "README.md");
    git("commit", "-q", "-m", "Begin");
  }

  @Override
  public void afterEach(ExtensionContext context) {
    close();
  }

  /** Kills what still runs here and removes its folders. */
  @Override
  public void close() {
    try (stub) {
      root.close();
    }
  }
}

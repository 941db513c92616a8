package dev.braid.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.cli.BraidProcess;
import dev.braid.cli.Ended;
import dev.braid.cli.Eventually;
import dev.braid.cli.TempRoot;
import dev.braid.store.Json;
import dev.braid.worker.ApiRequest;
import dev.braid.worker.ClaudeLab;
import dev.braid.worker.StubApi;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A {@link ClaudeLab} in which Claude Code has Braid's hooks and its task tools. */
final class SessionLab implements BeforeEachCallback, AfterEachCallback, AutoCloseable {
  private static final String TOKEN = "0123456789abcdef".repeat(4);

  /** Below the ports that the system hands out by itself. */
  private static final AtomicInteger PORTS =
      new AtomicInteger(20_000 + (int) (ProcessHandle.current().pid() % 90) * 100);

  private final ClaudeLab lab = new ClaudeLab();
  private final int port = freePort();
  private final ObjectNode config =
      Json.object().put("hook_port", port).put("min_free_memory_mb", 0).put("context", "fresh");
  private final ObjectNode settings = Json.object();

  TempRoot root() {
    return lab.root();
  }

  StubApi stub() {
    return lab.stub();
  }

  ClaudeLab claude() {
    return lab;
  }

  /** The port that hooks are sent to. */
  int port() {
    return port;
  }

  private static int freePort() {
    while (true) {
      int port = PORTS.incrementAndGet();
      try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return port;
      } catch (IOException _) {
        // Somebody has it: the next one.
      }
    }
  }

  @Override
  public void beforeEach(ExtensionContext context) throws IOException {
    prepare();
  }

  /** Writes all settings. */
  void prepare() throws IOException {
    lab.prepare();
    Path token = root().path().resolve("memory/run/braid/hook-token");
    Files.createDirectories(token.resolveSibling("."));
    Files.writeString(token, TOKEN + "\n");
    String hooks = Files.readString(TempRoot.project().resolve("templates/hooks.json"));
    settings.set(
        "hooks",
        Objects.requireNonNull(
                Json.parseObject(
                    hooks
                        .replace("BRAID_HOOK_PORT", Integer.toString(port))
                        .replace("BRAID_HOOK_TOKEN", TOKEN)
                        .replace("BRAID_HOOKS", TempRoot.project().resolve("hooks").toString())))
            .path("hooks"));
    settings.putObject("env").put("CLAUDE_CODE_ENABLE_TODO_TOOLS", "1");
    configure();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    close();
  }

  @Override
  public void close() {
    lab.close();
  }

  /** Braid's settings; written by {@link #configure}. */
  ObjectNode config() {
    return config;
  }

  /** Claude Code's settings; written by {@link #configure}. */
  ObjectNode settings() {
    return settings;
  }

  void configure() throws IOException {
    Files.createDirectories(root().configFile().resolveSibling("."));
    Files.writeString(root().configFile(), Json.line(config));
    Files.writeString(root().path().resolve("settings.json"), Json.line(settings));
  }

  /** A hook of the person's own beside Braid's. */
  void addHook(String event, String matcher, String command) throws IOException {
    settings
        .withObjectProperty("hooks")
        .withArray(event)
        .addObject()
        .put("matcher", matcher)
        .putArray("hooks")
        .addObject()
        .put("type", "command")
        .put("command", command);
    configure();
  }

  void startDaemon() {
    root().run("daemon", "start").expectExit(0);
  }

  /** The daemon as a process that a test can send signals to. */
  BraidProcess runDaemon() {
    BraidProcess daemon = root().start("daemon", "run");
    Path endpoint = root().path().resolve("memory/run/braid/endpoint.json");
    Eventually.holds("the daemon is there", () -> Files.exists(endpoint));
    return daemon;
  }

  /** A session without a terminal; what it prints is a stream of JSON. */
  BraidProcess startSession(String prompt, String... more) throws IOException {
    String[] arguments =
        Stream.concat(
                Stream.of("-p", "--output-format", "stream-json", "--verbose"), Stream.of(more))
            .toArray(String[]::new);
    return lab.startClaude(prompt, arguments);
  }

  /** Runs such a session to its end. */
  Ended session(String prompt, String... more) throws IOException {
    return startSession(prompt, more).await();
  }

  /** Requests of a session about a prompt: of no worker. */
  List<ApiRequest> requestsAbout(String prompt) {
    return stub().requestsAbout(prompt);
  }

  /** The only list of Claude Code that has tasks. */
  Path list() throws IOException {
    Path lists = root().path().resolve("tasks");
    if (!Files.isDirectory(lists)) {
      throw new AssertionError("no list");
    }
    try (Stream<Path> folders = Files.list(lists)) {
      List<Path> withTasks =
          folders.filter(folder -> Files.exists(folder.resolve("1.json"))).toList();
      if (withTasks.size() != 1) {
        throw new AssertionError("not one list: " + withTasks);
      }
      return withTasks.getFirst();
    }
  }

  JsonNode task(int id) throws IOException {
    return Ended.json(Files.readString(list().resolve(id + ".json")));
  }

  /** Status of the first tasks of the list. */
  List<String> statuses(int tasks) throws IOException {
    var statuses = new ArrayList<String>();
    for (int id = 1; id <= tasks; id++) {
      statuses.add(task(id).path("status").asText());
    }
    return statuses;
  }

  String log() throws IOException {
    Path file = root().path().resolve("memory/logs/parallel-execution.log");
    return Files.exists(file) ? Files.readString(file) : "";
  }

  void awaitLog(String text) {
    Eventually.holds("the log says " + text, () -> log().contains(text));
  }
}

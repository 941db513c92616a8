package dev.braid.crash;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.cli.BraidProcess;
import dev.braid.cli.Ended;
import dev.braid.cli.TempRoot;
import dev.braid.store.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A session of Claude Code as far as Braid's hooks see it: it makes tasks, begins the first one,
 * comes to rest, and takes what it is told. As the real one it goes on when no hook answers.
 */
final class FakeSession {
  private static final String ID = "5e551011-0000-4000-8000-000000000002";

  /** Longer than Claude Code waits: how slow the machine is, is not what is tested. */
  private static final Duration ANSWER = Duration.ofSeconds(30);

  private static final String TOKEN = "0123456789abcdef".repeat(4);
  private static final int WAKES = 2;
  private static final int MAX_RESTS = 20;

  private final TempRoot root;
  private final int port;
  private final HttpClient http = HttpClient.newHttpClient();
  private final List<String> told = new CopyOnWriteArrayList<>();
  private volatile @Nullable BraidProcess waiter;

  FakeSession(TempRoot root) {
    this.root = root;
    this.port = Ports.next();
    // Once: from here on several threads start programs.
    root.with("CLAUDE_CODE_SESSION_ID", ID)
        .with("BRAID_PROGRAM", "/bin/false")
        .with("CLAUDE_PID", Long.toString(ProcessHandle.current().pid()))
        .with("JDK_JAVA_OPTIONS", "");
  }

  Path list() {
    return root.path().resolve("tasks").resolve(ID);
  }

  Path folder() {
    return root.path().resolve("memory/run/braid/sessions").resolve(ID);
  }

  /** Ends of runs that it was told, each as often as it came. */
  List<String> told() {
    return told.stream().filter(text -> text.contains("Braid finished run")).toList();
  }

  /** The hook that waits for it; null when none does. */
  @Nullable BraidProcess waiter() {
    return waiter;
  }

  private BraidProcess hook(String name) throws IOException {
    Path input = root.write("payload.json", "{\"source\":\"startup\"}");
    return root.startCommand(
        root.work(), input, TempRoot.project().resolve("hooks").resolve(name).toString());
  }

  /** Begins, in a root whose daemon will be where its hooks look for it. */
  void start() throws IOException {
    Files.createDirectories(root.configFile().resolveSibling("."));
    Files.writeString(
        root.configFile(),
        Json.line(Json.object().put("hook_port", port).put("trust_list_metadata", true)));
    Path token = root.path().resolve("memory/run/braid/hook-token");
    Files.createDirectories(token.resolveSibling("."));
    Files.writeString(token, TOKEN + "\n");
    hook("session-start").await().expectExit(0);
  }

  /** Makes tasks that run commands. */
  void make(List<TaskSpec> tasks, List<String> commands) throws IOException {
    Files.createDirectories(list());
    for (int i = 0; i < tasks.size(); i++) {
      String id = tasks.get(i).id();
      ObjectNode task =
          Json.object().put("id", id).put("subject", "do " + id).put("description", "d");
      task.put("status", "pending").putArray("blocks");
      task.putArray("blockedBy");
      task.putObject("metadata")
          .put("braid", "parallel")
          .put("type", "general")
          .put("command", commands.get(i));
      write(id, task);
      ObjectNode event = event("PostToolUse.TaskCreate.json");
      event.withObjectProperty("tool_response").withObjectProperty("task").put("id", id);
      var _ = send(event.put("tool_use_id", "toolu_make_" + id));
    }
  }

  /** Begins a task, as Braid's where a hook says so. */
  void begin(String id) throws IOException {
    ObjectNode asked = event("PreToolUse.TaskUpdate.in_progress.json");
    asked.withObjectProperty("tool_input").put("taskId", id);
    JsonNode answer = send(asked);
    JsonNode input = answer.at("/hookSpecificOutput/updatedInput");
    if (answer.at("/hookSpecificOutput/permissionDecision").asText().equals("deny")) {
      return;
    }
    ObjectNode task = read(id);
    task.put("status", "in_progress");
    if (input.has("owner")) {
      task.put("owner", input.path("owner").asText());
    }
    write(id, task);
    ObjectNode used = event("PostToolUse.TaskUpdate.other.json");
    used.set("tool_input", asked.path("tool_input"));
    var _ = send(used.put("tool_use_id", asked.path("tool_use_id").asText()));
  }

  /**
   * Comes to rest and waits, until nothing more is told: by the hook of Stop, which is started
   * again when it was killed.
   */
  void rest() throws IOException, InterruptedException {
    int quiet = 0;
    for (int i = 0; i < MAX_RESTS && quiet < WAKES; i++) {
      BraidProcess hook = hook("stop");
      waiter = hook;
      Ended ended = hook.await();
      if (ended.exit() == 2) {
        told.add(ended.err());
      }
      quiet = ended.exit() == 0 ? quiet + 1 : 0;
    }
  }

  /** Asks again and again until nothing is expected any more; the answer to a prompt tells. */
  void ask(String prompt) throws IOException, InterruptedException {
    Scene.awaitUnder(Duration.ofSeconds(60), () -> !isExpecting());
    ObjectNode event = event("UserPromptSubmit.user.json").put("prompt", prompt);
    String text = send(event).at("/hookSpecificOutput/additionalContext").asText();
    if (!text.isEmpty()) {
      told.add(text);
    }
  }

  /** Whether something is to come that is not there yet. */
  private boolean isExpecting() {
    return !files(".active").isEmpty();
  }

  /** Whether something waits to be told. */
  boolean hasNews() {
    return Stream.of(".active", ".ready", ".note", ".taken").anyMatch(end -> !files(end).isEmpty());
  }

  private List<String> files(String part) {
    String[] names = folder().toFile().list((_, name) -> name.contains(part));
    return names == null ? List.of() : List.of(names);
  }

  // --- what it sends and writes ---

  private ObjectNode event(String fixture) throws IOException {
    Path file = TempRoot.project().resolve("src/test/resources/hooks").resolve(fixture);
    ObjectNode event = Objects.requireNonNull(Json.parseObject(Files.readString(file)));
    return event.put("session_id", ID).put("cwd", root.work().toString());
  }

  /** The answer; an empty one where nobody answers. */
  private JsonNode send(ObjectNode event) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/hooks/event"))
            .timeout(ANSWER)
            .header("X-Braid-Token", TOKEN)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(Json.line(event)))
            .build();
    try {
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      String body = answer.statusCode() == 200 ? answer.body() : "";
      return body.isEmpty() ? Json.object() : Ended.json(body);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    } catch (IOException _) {
      return Json.object();
    }
  }

  ObjectNode read(String id) throws IOException {
    return Objects.requireNonNull(Json.parseObject(Files.readString(list().resolve(id + ".json"))));
  }

  private void write(String id, ObjectNode task) throws IOException {
    Path next = Files.writeString(list().resolve("." + id + ".new"), Json.pretty(task));
    Files.move(next, list().resolve(id + ".json"), StandardCopyOption.ATOMIC_MOVE);
  }
}

package dev.braid.cli;

import dev.braid.protocol.Endpoint;
import dev.braid.protocol.Route;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * What the build runs to learn which classes a usual call needs, for the cache that {@code
 * bin/braid} starts from. It does the work of every common command once, in a folder of its own.
 */
final class Training {
  /** So many that what each task needs counts as called often: a run compiles that at once. */
  private static final int TASKS = 100;

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private Training() {}

  /** Arguments: the folder, and where it is wished the file that is to name the JDK in use. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]).toAbsolutePath();
    if (arguments.length > 1) {
      Files.writeString(Path.of(arguments[1]), System.getProperty("java.home") + "\n");
    }
    Files.createDirectories(folder);
    Path tasks = Files.writeString(folder.resolve("tasks.json"), tasks());
    String file = tasks.toString();
    call(folder, "run", file);
    call(folder, "run", "--json", file);
    call(folder, "plan", "--json", file);
    call(folder, "plan", "--explain", file);
    call(folder, "runs", "--json");
    call(folder, "resume");
    call(folder, "gc");
    call(folder, "config", "show");
    call(folder, "--help");
    call(folder, "--version");
    call(folder, "status");
    LiveView.rehearse(invocation(folder));
    callDaemon(folder, file);
  }

  /** The daemon's own start and stop, and what commands do when it runs. */
  private static void callDaemon(Path folder, String file) {
    Thread daemon = Thread.ofPlatform().start(() -> call(folder, "daemon", "run"));
    Path endpoint = folder.resolve("root/memory/run/braid/endpoint.json");
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!Files.exists(endpoint) && System.nanoTime() < deadline) {
      pause(Duration.ofMillis(10));
    }
    callHooks(folder);
    call(folder, "status");
    call(folder, "status", "--json");
    call(folder, "run", file);
    call(folder, "daemon", "stop");
    try {
      boolean _ = daemon.join(PATIENCE);
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted while the daemon stopped", e);
    }
  }

  /** What a session of Claude Code sends while it makes and begins tasks. */
  private static void callHooks(Path folder) {
    String session = "00000000-0000-4000-8000-000000000000";
    Path root = folder.resolve("root");
    try {
      Path list = Files.createDirectories(root.resolve("tasks").resolve(session));
      for (int i = 1; i <= 4; i++) {
        Files.writeString(
            list.resolve(i + ".json"),
            """
            {"id": "%d", "subject": "Part %d", "description": "Do it.", "status": "pending",
            "blocks": [], "blockedBy": [], "metadata": {"braid": "parallel"}}\
            """
                .formatted(i, i));
      }
      Path runtime = root.resolve("memory/run/braid");
      String token = Files.readString(runtime.resolve("hook-token")).strip();
      int port = Endpoint.read(runtime.resolve("endpoint.json")).orElseThrow().port();
      try (HttpClient client = HttpClient.newHttpClient()) {
        for (String event :
            List.of("PreToolUse", "PostToolUse", "UserPromptSubmit", "SessionEnd")) {
          String body =
              """
              {"session_id": "%s", "cwd": "%s", "permission_mode": "auto", "hook_event_name": "%s",
              "tool_name": "TaskUpdate", "tool_use_id": "1", "prompt": "x",
              "tool_input": {"taskId": "1", "status": "in_progress"}, "tool_response": {}}\
              """
                  .formatted(session, folder, event);
          var request =
              HttpRequest.newBuilder(
                      URI.create("http://" + Route.LOOPBACK + ":" + port + Route.HOOKS + "event"))
                  .header(Route.TOKEN, token)
                  .header("Content-Type", "application/json")
                  .POST(HttpRequest.BodyPublishers.ofString(body))
                  .build();
          var _ = client.send(request, HttpResponse.BodyHandlers.discarding());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("sending the events of a session", e);
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted while events were sent", e);
    }
  }

  private static void pause(Duration pause) {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted while the daemon started", e);
    }
  }

  private static void call(Path folder, String... arguments) {
    int code = Main.execute(invocation(folder), arguments);
    if (code != ExitCode.GOOD) {
      throw new IllegalStateException("braid " + String.join(" ", arguments) + ": exit " + code);
    }
  }

  private static Invocation invocation(Path folder) {
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.put("CLAUDE_CONFIG_DIR", folder.resolve("root").toString());
    var nowhere = new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8);
    return new Invocation(
        environment,
        folder,
        folder,
        nowhere,
        nowhere,
        new Invocation.Terminal(false, 80, true),
        InstantSource.system(),
        RandomGenerator.getDefault());
  }

  private static String tasks() {
    var text = new StringBuilder("[");
    for (int i = 0; i < TASKS; i++) {
      text.append(i == 0 ? "" : ",")
          .append("{\"id\":\"t")
          .append(i)
          .append("\",\"type\":\"testing\",\"subject\":\"Run the tests in src/")
          .append(i)
          .append("\",\"command\":\"echo 3 passed, 0 failed\",\"blockedBy\":[")
          .append(i < 10 ? "" : "\"t" + (i - 10) + "\"")
          .append("]}");
    }
    return text.append("]").toString();
  }
}

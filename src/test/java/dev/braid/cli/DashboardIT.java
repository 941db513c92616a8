package dev.braid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.protocol.Endpoint;
import dev.braid.store.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What the dashboard answers, and to whom; how its page looks is tested in a browser. */
@Execution(ExecutionMode.CONCURRENT)
class DashboardIT {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @RegisterExtension final TempRoot root = new TempRoot();

  private final HttpClient http = HttpClient.newHttpClient();
  private Endpoint endpoint;

  @BeforeEach
  void startDaemon() throws IOException {
    root.run("daemon", "start").expectExit(0);
    endpoint = Endpoint.read(root.path().resolve("memory/run/braid/endpoint.json")).orElseThrow();
  }

  @AfterEach
  void close() {
    http.close();
  }

  private String origin() {
    return "http://127.0.0.1:" + endpoint.port();
  }

  private HttpRequest.Builder request(String path, String... headers) {
    var request = HttpRequest.newBuilder(URI.create(origin() + path)).timeout(PATIENCE);
    return headers.length == 0 ? request : request.headers(headers);
  }

  private HttpResponse<String> get(String path, String... headers)
      throws IOException, InterruptedException {
    return http.send(request(path, headers).build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String path, String body, String... headers)
      throws IOException, InterruptedException {
    var request = request(path, headers).header("Content-Type", "application/json");
    return http.send(request.POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
  }

  private String code() {
    String link = root.run("dashboard", "--no-open").expectExit(0).out().strip();
    assertThat(link).startsWith(origin() + "/dashboard/#code=");
    return link.substring(link.indexOf('=') + 1);
  }

  private String token() throws IOException, InterruptedException {
    HttpResponse<String> entered =
        post("/dashboard/enter", "{\"code\":\"" + code() + "\"}", "Origin", origin());
    return json(entered).path("token").asText();
  }

  private static JsonNode json(HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return Objects.requireNonNull(Json.parseObject(response.body()));
  }

  private String startRun(ObjectNode... tasks) throws IOException {
    root.write("tasks.json", TaskDocument.of(tasks));
    return root.run("run", "--force", "--detach", "tasks.json").expectExit(0).out().strip();
  }

  private JsonNode run(String id, String token) throws IOException, InterruptedException {
    return json(get("/view/runs/" + id, "X-Braid-Token", token));
  }

  private void awaitStatus(String id, String token, String status) {
    Eventually.holds(
        "run " + id + " is " + status, () -> run(id, token).path("status").asText().equals(status));
  }

  @Test
  void a_link_is_good_once_and_its_token_opens_what_is_shown() throws Exception {
    String code = code();
    String body = "{\"code\":\"" + code + "\"}";
    String token = json(post("/dashboard/enter", body)).path("token").asText();

    assertThat(post("/dashboard/enter", body).statusCode()).isEqualTo(401);
    for (String view : new String[] {"overview", "resources", "stats", "hooks"}) {
      assertThat(get("/view/" + view, "X-Braid-Token", token).statusCode()).isEqualTo(200);
      assertThat(get("/view/" + view).statusCode()).isEqualTo(401);
    }
  }

  @Test
  void the_token_of_a_page_controls_no_daemon_and_that_of_hooks_sees_nothing() throws Exception {
    String token = token();
    String hookToken = Files.readString(root.path().resolve("memory/run/braid/hook-token")).strip();

    assertThat(post("/stop", "{}", "X-Braid-Token", token).statusCode()).isEqualTo(401);
    assertThat(post("/dashboard/link", "{}", "X-Braid-Token", token).statusCode()).isEqualTo(401);
    assertThat(get("/view/overview", "X-Braid-Token", hookToken).statusCode()).isEqualTo(401);
    assertThat(post("/act/cancel", "{}", "X-Braid-Token", hookToken).statusCode()).isEqualTo(401);
  }

  @Test
  void pages_of_others_are_refused_also_with_the_token() throws Exception {
    String token = token();
    String[] foreign = {"X-Braid-Token", token, "Origin", "http://evil.example"};
    String[] own = {"X-Braid-Token", token, "Origin", origin()};

    assertThat(get("/view/overview", foreign).statusCode()).isEqualTo(403);
    assertThat(get("/view/overview", own).statusCode()).isEqualTo(200);
    assertThat(get("/metrics", "Origin", "http://evil.example").statusCode()).isEqualTo(403);
  }

  @Test
  void the_page_may_load_nothing_but_its_own_files() throws Exception {
    HttpResponse<String> page = get("/dashboard/");

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
        .doesNotContain("unsafe");
    for (String nothing : new String[] {"../pom.xml", "%2e%2e/x", "lib/", "nothing.js"}) {
      assertThat(get("/dashboard/" + nothing).statusCode()).as(nothing).isEqualTo(404);
    }
  }

  @Test
  void a_run_is_shown_with_its_tasks_edges_and_times() throws Exception {
    String token = token();
    String id =
        startRun(
            TaskDocument.command("a", "echo out"),
            TaskDocument.command("b", "exit 3", "a"),
            TaskDocument.command("c", "true", "b"));
    awaitStatus(id, token, "partial");

    JsonNode run = run(id, token);
    assertThat(run.path("tasks").findValuesAsText("state"))
        .containsExactly("success", "failed", "skipped");
    assertThat(run.path("edges").toString()).isEqualTo("[[0,1],[1,2]]");
    assertThat(run.path("timeline").path("spans").findValuesAsText("outcome"))
        .containsExactly("success", "failed");
    JsonNode task = json(get("/view/runs/" + id + "/tasks/a", "X-Braid-Token", token));
    assertThat(task.path("attempts").path(0).path("stdout").asText()).isEqualTo("out\n");
    assertThat(task.path("command").asText()).isEqualTo("echo out");
    assertThat(task.path("dependents").findValuesAsText("id")).containsExactly("b");
  }

  @Test
  void a_page_that_listens_hears_of_changes_and_cancels() throws Exception {
    String token = token();
    String id = startRun(TaskDocument.command("long", "sleep 300"));
    var events = new ArrayList<String>();
    var request = request("/view/events?run=" + id, "X-Braid-Token", token).build();
    try (var lines =
        new BufferedReader(
            new InputStreamReader(
                http.send(request, BodyHandlers.ofInputStream()).body(), StandardCharsets.UTF_8))) {
      readUntil(lines, events, "\"running\"");
      HttpResponse<String> cancelled =
          post("/act/cancel", "{\"run\":\"" + id + "\",\"tasks\":[]}", "X-Braid-Token", token);
      assertThat(cancelled.statusCode()).isEqualTo(200);
      readUntil(lines, events, "\"status\":\"cancelled\"");
    }
    assertThat(events).contains("event: overview", "event: run");
  }

  private static void readUntil(BufferedReader lines, List<String> seen, String text)
      throws IOException {
    String line = "";
    while (line != null && !line.contains(text)) {
      line = lines.readLine();
      seen.add(String.valueOf(line));
    }
    assertThat(line).contains(text);
  }

  @Test
  void a_run_is_done_again_in_the_environment_of_who_asked_for_the_link() throws Exception {
    String id = startRun(TaskDocument.command("a", "test \"$COLOUR\" = green"));
    root.with("COLOUR", "green");
    String token = token();
    awaitStatus(id, token, "failed");

    HttpResponse<String> again =
        post("/act/retry", "{\"run\":\"" + id + "\"}", "X-Braid-Token", token);
    assertThat(again.statusCode()).as(again.body()).isEqualTo(200);
    awaitStatus(id, token, "success");
  }

  @Test
  void after_a_restart_the_token_is_good_and_a_retry_says_what_to_type() throws Exception {
    String token = token();
    String id = startRun(TaskDocument.command("a", "false"));
    awaitStatus(id, token, "failed");
    root.run("daemon", "restart").expectExit(0);
    startDaemon();

    assertThat(run(id, token).path("status").asText()).isEqualTo("failed");
    assertThat(post("/act/retry", "{\"run\":\"" + id + "\"}", "X-Braid-Token", token).body())
        .contains("braid retry");
  }

  @Test
  void resources_are_kept_deleted_and_restored() throws Exception {
    String token = token();
    root.run("skill", "create", "drawing", "--description", "draws").expectExit(0);

    act(token, "delete", 200);
    JsonNode deleted = json(get("/view/resources", "X-Braid-Token", token));
    assertThat(deleted.path("resources")).isEmpty();
    assertThat(deleted.path("trash").path(0).path("name").asText()).isEqualTo("drawing");

    act(token, "restore", 200);
    act(token, "keep", 200);
    act(token, "dance", 409);
    JsonNode kept = json(get("/view/resources", "X-Braid-Token", token));
    assertThat(kept.path("resources").path(0).path("marked").asBoolean()).isTrue();
    assertThat(kept.path("trash")).isEmpty();
  }

  private void act(String token, String action, int code) throws Exception {
    String wish = "{\"kind\":\"skill\",\"name\":\"drawing\",\"action\":\"" + action + "\"}";
    HttpResponse<String> answer = post("/act/resource", wish, "X-Braid-Token", token);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(code);
  }

  @Test
  void metrics_hold_figures_and_no_names() throws Exception {
    String token = token();
    String id = startRun(TaskDocument.command("secret-name", "true"));
    awaitStatus(id, token, "success");

    HttpResponse<String> metrics = get("/metrics");
    assertThat(metrics.headers().firstValue("Content-Type").orElse(""))
        .startsWith("text/plain; version=0.0.4");
    assertThat(metrics.body().lines().filter(line -> !line.startsWith("#")))
        .isNotEmpty()
        .allMatch(line -> line.matches("braid_[a-z_]+(\\{([a-z]+=\"[^\"]*\",?)+})? -?[0-9.e+-]+"));
    assertThat(metrics.body())
        .contains("braid_runs{status=\"running\"} 0", "braid_problems 0")
        .doesNotContain("secret-name", id);
  }

  @Test
  void nonsense_is_refused_and_harms_nothing() throws Exception {
    String token = token();
    for (String path :
        new String[] {"runs", "runs/x", "runs/x/tasks/y", "runs/../x", "nothing", ""}) {
      assertThat(get("/view/" + path, "X-Braid-Token", token).statusCode()).as(path).isEqualTo(404);
    }
    for (String body : new String[] {"", "[]", "{\"run\":\"../..\"}", "{\"run\":7}"}) {
      assertThat(post("/act/cancel", body, "X-Braid-Token", token).statusCode()).isEqualTo(409);
    }
    assertThat(post("/act/format", "{}", "X-Braid-Token", token).statusCode()).isEqualTo(409);
    assertThat(get("/view/overview", "X-Braid-Token", token).statusCode()).isEqualTo(200);
  }
}

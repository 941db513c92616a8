package dev.braid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.protocol.Endpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Who gets into the daemon, and who does not. */
@Execution(ExecutionMode.CONCURRENT)
class DoorIT {
  private static final int TOO_MANY_BYTES = (8 << 20) + 1;

  @RegisterExtension final TempRoot root = new TempRoot();

  private Path runtime;
  private Endpoint endpoint;

  @BeforeEach
  void startDaemon() throws IOException {
    root.run("daemon", "start").expectExit(0);
    runtime = root.path().resolve("memory/run/braid");
    endpoint = Endpoint.read(runtime.resolve("endpoint.json")).orElseThrow();
  }

  /** Sends lines as they are; returns the code of the answer. */
  private int code(String request, String... headers) throws IOException {
    return code(request, new byte[0], headers);
  }

  private int code(String request, byte[] body, String... headers) throws IOException {
    var text = new StringBuilder(request + " HTTP/1.1\r\n");
    for (String header : headers) {
      text.append(header).append("\r\n");
    }
    text.append("Connection: close\r\nContent-Length: ").append(body.length).append("\r\n\r\n");
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), endpoint.port())) {
      socket.setSoTimeout(20_000);
      var out = socket.getOutputStream();
      out.write(text.toString().getBytes(StandardCharsets.UTF_8));
      try {
        out.write(body);
        out.flush();
      } catch (IOException _) {
        // It was answered before all was sent.
        text.setLength(0);
      }
      byte[] line = socket.getInputStream().readNBytes("HTTP/1.1 200".length());
      return Integer.parseInt(new String(line, StandardCharsets.UTF_8).split(" ", 2)[1]);
    }
  }

  private String host() {
    return "Host: 127.0.0.1:" + endpoint.port();
  }

  private String token() {
    return "X-Braid-Token: " + endpoint.token();
  }

  @Test
  void the_control_token_opens_it() throws IOException {
    assertThat(code("GET /status", host(), token())).isEqualTo(200);
  }

  @Test
  void without_a_token_or_with_another_one_nothing_is_answered() throws IOException {
    assertThat(code("GET /status", host())).isEqualTo(401);
    assertThat(code("GET /status", host(), "X-Braid-Token: x")).isEqualTo(401);
    assertThat(code("GET /status", host(), "X-Braid-Token: " + "0".repeat(64))).isEqualTo(401);
  }

  @Test
  void the_token_of_hooks_controls_nothing() throws IOException {
    String hookToken = Files.readString(runtime.resolve("hook-token")).strip();
    String hook = "X-Braid-Token: " + hookToken;
    assertThat(code("GET /status", host(), hook)).isEqualTo(401);
    assertThat(code("POST /stop", host(), hook, "Content-Type: application/json")).isEqualTo(401);
    assertThat(code("GET /status", host(), token())).isEqualTo(200);
  }

  @Test
  void another_host_name_is_refused_also_with_the_token() throws IOException {
    assertThat(code("GET /status", "Host: localhost:" + endpoint.port(), token())).isEqualTo(403);
    assertThat(code("GET /status", "Host: evil.example", token())).isEqualTo(403);
  }

  @Test
  void a_page_of_a_browser_is_refused() throws IOException {
    assertThat(code("GET /status", host(), token(), "Origin: http://evil.example")).isEqualTo(403);
  }

  @Test
  void what_is_no_json_is_refused() throws IOException {
    assertThat(code("POST /stop", host(), token(), "Content-Type: text/plain")).isEqualTo(403);
    assertThat(code("GET /status", host(), token())).isEqualTo(200);
  }

  @Test
  void a_request_that_is_too_large_is_refused() throws IOException {
    String run = "POST /runs/01990000-0000-7000-8000-000000000002";
    assertThat(
            code(run, new byte[TOO_MANY_BYTES], host(), token(), "Content-Type: application/json"))
        .isEqualTo(413);
    assertThat(code("GET /status", host(), token())).isEqualTo(200);
  }

  @Test
  void nonsense_is_answered_and_harms_nothing() throws IOException {
    String json = "Content-Type: application/json";
    byte[] body = "{\"verb\":\"DANCE\"}".getBytes(StandardCharsets.UTF_8);
    assertThat(code("GET /nothing", host(), token())).isEqualTo(404);
    assertThat(code("GET /stop", host(), token())).isEqualTo(405);
    assertThat(code("POST /runs/x", body, host(), token(), json)).isEqualTo(400);
    assertThat(code("GET /status", host(), token())).isEqualTo(200);
  }

  @Test
  void the_token_is_new_at_each_start_and_stands_in_no_command_line() throws IOException {
    String commandLine = Files.readString(Path.of("/proc/" + endpoint.pid() + "/cmdline"));
    assertThat(commandLine).doesNotContain(endpoint.token());

    root.run("daemon", "restart").expectExit(0);

    assertThat(Endpoint.read(runtime.resolve("endpoint.json")).orElseThrow().token())
        .isNotEqualTo(endpoint.token());
  }
}

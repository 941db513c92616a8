package dev.braid.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.braid.protocol.Endpoint;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DaemonClientTest {
  private static final String LINES = "one\ntwo\n";

  @TempDir Path folder;

  private DaemonClient clientOf(HttpServer server) throws IOException {
    Path file = folder.resolve("endpoint.json");
    Files.writeString(file, new Endpoint(server.getAddress().getPort(), "token", 1, "0").text());
    return DaemonClient.find(file).orElseThrow();
  }

  @Test
  void what_a_daemon_says_is_not_taken_in_before_it_is_read() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/lines",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          try (OutputStream out = exchange.getResponseBody()) {
            out.write(LINES.getBytes(StandardCharsets.UTF_8));
          }
        });
    server.start();
    try (InputStream in = clientOf(server).stream("/lines", "{}")) {
      assertThat(in.read()).isEqualTo(LINES.charAt(0)); // and the rest has come with it

      assertThat(in.available()).isZero();
      assertThat(in.readAllBytes()).asString().isEqualTo(LINES.substring(1));
    } finally {
      server.stop(0);
    }
  }
}

package dev.braid.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.braid.cli.Ended;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Stands where the daemon would, and keeps the events that hooks send. */
final class EventSink implements AutoCloseable {
  /** What one request said. */
  record Event(JsonNode body, String token, String list, String mode) {
    /** The same for each copy of an event. */
    String identity() {
      return body.path("hook_event_name").asText() + " " + body.path("tool_use_id").asText();
    }
  }

  /** Does something before an event is answered. */
  interface Before {
    void run() throws IOException;
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Event> events = new CopyOnWriteArrayList<>();
  private final String answer;
  private final Before before;

  /** Listens on a port, and answers each event with the same text. */
  EventSink(int port, String answer, Before before) throws IOException {
    this.answer = answer;
    this.before = before;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext("/hooks/event", this::take);
    server.setExecutor(threads);
    server.start();
  }

  /** Makes scripts believe that this is the daemon. */
  void standIn(Path runtimeFolder) throws IOException {
    Files.createDirectories(runtimeFolder);
    Files.writeString(
        runtimeFolder.resolve("daemon.pid"),
        ProcessHandle.current().pid() + " \n" + server.getAddress().getPort() + "\n");
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      var headers = exchange.getRequestHeaders();
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      events.add(
          new Event(
              Ended.json(body),
              String.valueOf(headers.getFirst("X-Braid-Token")),
              String.valueOf(headers.getFirst("X-Braid-List")),
              String.valueOf(headers.getFirst("X-Braid-Mode"))));
      before.run();
      byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  List<Event> events() {
    return events;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}

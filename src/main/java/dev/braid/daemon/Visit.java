package dev.braid.daemon;

import com.sun.net.httpserver.HttpExchange;
import dev.braid.protocol.Route;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request that was let in.
 *
 * @param path what comes after the last slash of the path
 * @param body its text
 */
record Visit(HttpExchange exchange, String path, String body) {
  /** Reads a request; null when it is too large, which was said then. */
  static @Nullable Visit of(HttpExchange exchange) throws IOException {
    byte[] bytes = exchange.getRequestBody().readNBytes(Route.MAX_REQUEST_BYTES + 1);
    if (bytes.length > Route.MAX_REQUEST_BYTES) {
      refuse(exchange, 413, "more than " + (Route.MAX_REQUEST_BYTES >> 20) + " MiB");
      return null;
    }
    String path = exchange.getRequestURI().getPath();
    return new Visit(
        exchange,
        path.substring(path.lastIndexOf('/') + 1),
        new String(bytes, StandardCharsets.UTF_8));
  }

  /** The value of a header; empty when it has none. */
  String header(String name) {
    String value = exchange.getRequestHeaders().getFirst(name);
    return value == null ? "" : value;
  }

  /** Answers with JSON; an empty text says that there is nothing to say. */
  void answer(String json) throws IOException {
    answer("application/json", json.getBytes(StandardCharsets.UTF_8), Map.of());
  }

  /** What of the path comes after its beginning. */
  String below(String beginning) {
    return exchange.getRequestURI().getPath().substring(beginning.length());
  }

  /** The value of a parameter of the query, as it stands there; null when it has none. */
  @Nullable String parameter(String name) {
    String query = exchange.getRequestURI().getRawQuery();
    if (query != null) {
      for (String each : query.split("&", -1)) {
        if (each.startsWith(name + "=")) {
          return each.substring(name.length() + 1);
        }
      }
    }
    return null;
  }

  /** Answers with a file. */
  void answer(String type, byte[] bytes, Map<String, String> headers) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    headers.forEach(exchange.getResponseHeaders()::set);
    exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) {
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(bytes);
      }
    }
  }

  /** Answers with lines that come one after the other. */
  OutputStream stream() throws IOException {
    return stream("application/x-ndjson");
  }

  /** The same, of that type. */
  OutputStream stream(String type) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(200, 0);
    return exchange.getResponseBody();
  }

  void refuse(int code, String why) throws IOException {
    refuse(exchange, code, why);
  }

  static void refuse(HttpExchange exchange, int code, String why) throws IOException {
    byte[] bytes = (why + "\n").getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(code, bytes.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }
}

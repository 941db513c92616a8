package dev.braid.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.protocol.Endpoint;
import dev.braid.protocol.Route;
import dev.braid.run.RunCall;
import dev.braid.run.RunEvent;
import dev.braid.run.RunEventJson;
import dev.braid.run.RunId;
import dev.braid.store.Json;
import java.io.BufferedReader;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** A daemon that has an endpoint file; whether it lives, only its answers tell. */
public final class DaemonClient {
  /** A daemon on the same machine that has not answered by then is as good as none. */
  private static final Duration ANSWER = Duration.ofSeconds(2);

  /**
   * A run may take days, but the daemon says something every 5 s. One that does not has no thread
   * or no processor for it.
   */
  private static final Duration SILENCE = Duration.ofSeconds(60);

  private final Endpoint endpoint;

  private DaemonClient(Endpoint endpoint) {
    this.endpoint = endpoint;
  }

  /** The daemon that an endpoint file names. */
  public static Optional<DaemonClient> find(Path endpointFile) {
    try {
      return Endpoint.read(endpointFile).map(DaemonClient::new);
    } catch (IOException _) {
      // A file that cannot be read names nobody.
      return Optional.empty();
    }
  }

  public Endpoint endpoint() {
    return endpoint;
  }

  /** An answer. */
  public record Answer(int code, String text) {}

  /** How it stands, in JSON; empty when it does not answer in time, or not as a daemon does. */
  public Optional<String> status() {
    try {
      Answer answer = call("GET", Route.STATUS, "");
      return answer.code() == 200 ? Optional.of(answer.text()) : Optional.empty();
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  /** Asks it for something without a body. */
  public Answer post(String route) throws IOException {
    return call("POST", route, "{}");
  }

  /** A code for a link to the page of the dashboard; empty when it gives none. */
  public Optional<String> linkCode(Map<String, String> environment) throws IOException {
    ObjectNode body = Json.object();
    environment.forEach(body.putObject("environment")::put);
    Answer answer = call("POST", Route.LINK, Json.line(body));
    ObjectNode node = answer.code() == 200 ? Json.parseObject(answer.text()) : null;
    return Optional.ofNullable(node).map(each -> each.path("code").asText());
  }

  private Answer call(String method, String route, String body) throws IOException {
    HttpURLConnection connection = open(method, route, (int) ANSWER.toMillis());
    try {
      send(connection, method, body);
      int code = connection.getResponseCode();
      try (InputStream in =
          code < 400 ? connection.getInputStream() : connection.getErrorStream()) {
        byte[] bytes = in == null ? new byte[0] : in.readNBytes(Route.MAX_REQUEST_BYTES);
        return new Answer(code, new String(bytes, StandardCharsets.UTF_8));
      }
    } finally {
      connection.disconnect();
    }
  }

  /** Lets it take up a run that is written, and does not follow it. */
  public RunEvent.Answered handOver(RunId id) throws IOException {
    return handOver(id, new RunCall(RunCall.Verb.TAKE_UP, Map.of(), null, false));
  }

  /** Lets it take over a run in the way that the call says, which asks not to be told more. */
  public RunEvent.Answered handOver(RunId id, RunCall call) throws IOException {
    try (var lines =
        new BufferedReader(
            new InputStreamReader(
                stream(Route.RUNS + id.value(), call.text()), StandardCharsets.UTF_8))) {
      String line = lines.readLine();
      if (line != null && RunEventJson.read(line) instanceof RunEvent.Answered answered) {
        return answered;
      }
      throw new IOException("the daemon ended");
    }
  }

  /**
   * Asks for something that is told line by line, for as long as it takes. Reading fails when there
   * is nothing to read for a minute.
   */
  InputStream stream(String route, String body) throws IOException {
    HttpURLConnection connection = open("POST", route, (int) SILENCE.toMillis());
    send(connection, "POST", body);
    if (connection.getResponseCode() != 200) {
      throw new IOException("the daemon answers with " + connection.getResponseCode());
    }
    return new Unhurried(connection.getInputStream());
  }

  /**
   * Takes lines as they are read. To say how much is there the stream of the JDK takes in all that
   * has come, and moves it once a chunk: a reader that is behind would never catch up.
   */
  private static final class Unhurried extends FilterInputStream {
    Unhurried(InputStream in) {
      super(in);
    }

    @Override
    public int available() {
      return 0;
    }
  }

  private HttpURLConnection open(String method, String route, int patienceMs) throws IOException {
    URI uri = URI.create("http://" + Route.LOOPBACK + ":" + endpoint.port() + route);
    var connection = (HttpURLConnection) uri.toURL().openConnection(Proxy.NO_PROXY);
    connection.setRequestMethod(method);
    connection.setConnectTimeout((int) ANSWER.toMillis());
    connection.setReadTimeout(patienceMs);
    connection.setRequestProperty(Route.TOKEN, endpoint.token());
    return connection;
  }

  private static void send(HttpURLConnection connection, String method, String body)
      throws IOException {
    if (method.equals("POST")) {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      connection.setRequestProperty("Content-Type", "application/json");
      connection.setDoOutput(true);
      connection.setFixedLengthStreamingMode(bytes.length);
      try (var out = connection.getOutputStream()) {
        out.write(bytes);
      }
    }
  }
}

package dev.braid.worker;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.braid.store.Json;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A stand-in for the Anthropic Messages API on this machine. It says what rules say: the first one
 * that fits a request answers it. Requests that no rule fits are told "all done"; those without
 * tools, by which Claude Code asks for titles and the like, are told "ok" unless a rule is made for
 * them.
 *
 * <p>A request is in flight until its answer is written, even when the caller is gone by then: one
 * that hangs stays in flight until the stub is closed.
 */
public final class StubApi implements AutoCloseable {
  private static final Answer ALL_DONE = Answer.text("all done");
  private static final Answer OK = Answer.text("ok");

  /** After this status Claude Code gives up at once; after a 400 it asks again in other ways. */
  private static final int NOT_TRIED_AGAIN = 402;

  private static final int BACKLOG = 256;
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final List<String> SECRET_HEADERS = List.of("authorization", "x-api-key");

  static {
    // Otherwise every answer waits for the caller's delayed acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private record Rule(
      boolean forTools, Predicate<ApiRequest> condition, Function<ApiRequest, Answer> answers) {
    boolean fits(ApiRequest request) {
      return request.hasTools() == forTools && condition.test(request);
    }
  }

  /** A rule that has no answers yet. */
  public final class Condition {
    private final boolean forTools;
    private final Predicate<ApiRequest> condition;

    private Condition(boolean forTools, Predicate<ApiRequest> condition) {
      this.forTools = forTools;
      this.condition = condition;
    }

    /** Gives these one after the other in every session, and "all done" afterwards. */
    public void answer(Answer... answers) {
      answerBy(new Script(List.of(answers), ALL_DONE, StubApi::conversation));
    }

    /** Gives these one after the other in every session, the last one again and again. */
    public void answerForever(Answer... answers) {
      Answer last = answers[answers.length - 1];
      answerBy(new Script(List.of(answers), last, StubApi::conversation));
    }

    /** Gives each of these once, whichever session asks, and the last one again and again. */
    public void answerInTurn(Answer... answers) {
      answerBy(new Script(List.of(answers), answers[answers.length - 1], _ -> ""));
    }

    /** Asks for the answer when the request is there. Many threads may ask at once. */
    public void answerBy(Function<ApiRequest, Answer> answers) {
      rules.add(new Rule(forTools, condition, answers));
    }
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Rule> rules = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Object lock = new Object();
  private final List<ApiRequest> requests = new ArrayList<>();
  private final List<String> complaints = new CopyOnWriteArrayList<>();
  private int inFlight;
  private int maxInFlight;

  private StubApi(HttpServer server) {
    this.server = server;
  }

  /** Starts it on a free port. */
  public static StubApi start() {
    try {
      var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      var stub = new StubApi(HttpServer.create(address, BACKLOG));
      stub.server.setExecutor(stub.threads);
      stub.server.createContext("/", stub::handle);
      stub.server.start();
      return stub;
    } catch (IOException e) {
      throw new UncheckedIOException("starting the stub", e);
    }
  }

  /** What {@code ANTHROPIC_BASE_URL} has to say. */
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Begins a rule for requests of a conversation: those with tools. */
  public Condition when(Predicate<ApiRequest> condition) {
    return new Condition(true, condition);
  }

  /** Begins a rule for requests without tools. */
  public Condition whenWithoutTools(Predicate<ApiRequest> condition) {
    return new Condition(false, condition);
  }

  /** All requests for a message so far, in the order they came. */
  public List<ApiRequest> requests() {
    synchronized (lock) {
      return List.copyOf(requests);
    }
  }

  public List<ApiRequest> requestsOf(String session) {
    return requests().stream().filter(request -> request.session().equals(session)).toList();
  }

  /** Requests with tools whose first message of the user holds the text. */
  public List<ApiRequest> requestsAbout(String text) {
    return requests().stream()
        .filter(ApiRequest::hasTools)
        .filter(request -> request.prompt().contains(text))
        .toList();
  }

  /** How many requests with tools were waiting for their answer at once, at most. */
  public int maxInFlight() {
    synchronized (lock) {
      return maxInFlight;
    }
  }

  /** What went wrong in rules and gates; callers were told by an error, too. */
  public List<String> complaints() {
    return List.copyOf(complaints);
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
    try {
      if (!threads.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException("the stub still answers");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String conversation(ApiRequest request) {
    return request.session() + "/" + request.agent();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String call = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
      switch (call) {
        case "HEAD /" -> exchange.sendResponseHeaders(200, -1);
        case "POST /v1/messages/count_tokens" ->
            send(exchange, 200, Json.object().put("input_tokens", 10));
        case "POST /v1/messages" -> answer(exchange);
        default -> fail(exchange, new Reply.Failure(404, "not_found_error", call, Map.of()));
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void answer(HttpExchange exchange) throws IOException, InterruptedException {
    ApiRequest request = receive(exchange);
    try {
      Answer answer = choose(request);
      if (!answer.gate().await()) {
        answer = complaint(request + ": its gate did not open in time");
      }
      if (closed.await(answer.delay().toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
      reply(exchange, request, answer.reply());
    } finally {
      if (request.hasTools()) {
        synchronized (lock) {
          inFlight--;
        }
      }
    }
  }

  private ApiRequest receive(HttpExchange exchange) throws IOException {
    byte[] bytes = exchange.getRequestBody().readAllBytes();
    ObjectNode parsed = Json.parseObject(new String(bytes, StandardCharsets.UTF_8));
    ObjectNode body = parsed == null ? Json.object() : parsed;
    Headers headers = exchange.getRequestHeaders();
    var secrets = new HashMap<String, String>();
    SECRET_HEADERS.stream()
        .filter(headers::containsKey)
        .forEach(name -> secrets.put(name, header(headers, name)));
    synchronized (lock) {
      if (!body.path("tools").isEmpty()) {
        inFlight++;
        maxInFlight = Math.max(maxInFlight, inFlight);
      }
      var request =
          new ApiRequest(
              requests.size() + 1,
              Instant.now(),
              System.nanoTime(),
              header(headers, "x-claude-code-session-id"),
              header(headers, "x-claude-code-agent-id"),
              inFlight,
              body,
              new Credentials(secrets));
      requests.add(request);
      return request;
    }
  }

  private static String header(Headers headers, String name) {
    String value = headers.getFirst(name);
    return value == null ? "" : value;
  }

  private Answer choose(ApiRequest request) {
    try {
      return rules.stream()
          .filter(rule -> rule.fits(request))
          .findFirst()
          .map(rule -> rule.answers().apply(request))
          .orElse(request.hasTools() ? ALL_DONE : OK);
    } catch (RuntimeException | AssertionError e) {
      return complaint(request + ": its rule fails: " + e);
    }
  }

  private Answer complaint(String text) {
    complaints.add(text);
    return Answer.error(NOT_TRIED_AGAIN, "stub_error", text);
  }

  private void reply(HttpExchange exchange, ApiRequest request, Reply reply)
      throws IOException, InterruptedException {
    switch (reply) {
      case Reply.Hang _ -> closed.await();
      case Reply.Drop _ -> {
        // Closing the exchange before its headers closes the connection.
      }
      case Reply.Failure failure -> fail(exchange, failure);
      case Reply.Message message -> {
        var written = new WireMessage(request.number(), request.model(), message);
        if (request.body().path("stream").asBoolean()) {
          stream(exchange, written);
        } else {
          send(exchange, 200, written.whole());
        }
      }
    }
  }

  private static void stream(HttpExchange exchange, WireMessage message) throws IOException {
    exchange.getResponseHeaders().set("content-type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream out = new BufferedOutputStream(exchange.getResponseBody())) {
      message.streamTo(out);
    }
  }

  private static void fail(HttpExchange exchange, Reply.Failure failure) throws IOException {
    failure.headers().forEach(exchange.getResponseHeaders()::set);
    ObjectNode body = Json.object().put("type", "error");
    body.putObject("error").put("type", failure.type()).put("message", failure.message());
    send(exchange, failure.status(), body);
  }

  private static void send(HttpExchange exchange, int status, ObjectNode body) throws IOException {
    byte[] bytes = Json.line(body).getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("content-type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}

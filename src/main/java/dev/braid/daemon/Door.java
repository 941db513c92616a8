package dev.braid.daemon;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.braid.dashboard.Links;
import dev.braid.protocol.Route;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The one door of the daemon: HTTP on the loopback interface. It lets in who brings a token and
 * calls it by its exact name, so that no page in a browser and no other user can; what is asked for
 * is none of its business.
 */
final class Door implements AutoCloseable {
  /** Requests that are answered at a time; more are refused at once. */
  private static final int MAX_AT_ONCE = 256;

  private static final int BACKLOG = 128;

  /** Connections at a time; more are closed at once. Those that say nothing go after 30 s. */
  private static final int MAX_CONNECTIONS = 512;

  /** A request that has not come whole by then is given up, in seconds. */
  private static final int REQUEST_PATIENCE = 30;

  static {
    System.setProperty("jdk.httpserver.maxConnections", Integer.toString(MAX_CONNECTIONS));
    System.setProperty("sun.net.httpserver.maxReqTime", Integer.toString(REQUEST_PATIENCE));
  }

  /** Answers requests of one path. */
  interface Handler {
    void handle(Visit visit) throws IOException;
  }

  /** Who may come in by a path. */
  enum Key {
    CONTROL,
    HOOK,
    /** A page that came by a link, from where its files are. */
    PAGE,
    /** Anybody on this machine. */
    NONE
  }

  private record Room(Key key, String method, Handler handler) {}

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore places = new Semaphore(MAX_AT_ONCE);
  private final Map<String, Room> rooms = new LinkedHashMap<>();
  private final byte[] controlToken;
  private final byte[] hookToken;
  private final Links links;
  private final boolean isWished;

  private Door(
      HttpServer server, String controlToken, String hookToken, Links links, boolean isWished) {
    this.server = server;
    this.links = links;
    this.controlToken = controlToken.getBytes(StandardCharsets.UTF_8);
    this.hookToken = hookToken.getBytes(StandardCharsets.UTF_8);
    this.isWished = isWished;
  }

  /**
   * Opens a door that lets nobody in before {@link #open}.
   *
   * @param port that is wished; another one is taken when somebody has it
   * @param links says which tokens of pages are good
   */
  static Door at(int port, String controlToken, String hookToken, Links links) throws IOException {
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    try {
      HttpServer server = HttpServer.create(new InetSocketAddress(loopback, port), BACKLOG);
      return new Door(server, controlToken, hookToken, links, true);
    } catch (BindException _) {
      HttpServer server = HttpServer.create(new InetSocketAddress(loopback, 0), BACKLOG);
      return new Door(server, controlToken, hookToken, links, false);
    }
  }

  /** Where it is. */
  int port() {
    return server.getAddress().getPort();
  }

  /** Whether it is where it was wished: only there hooks find it. */
  boolean isWhereWished() {
    return isWished;
  }

  /** Adds what answers one path; one that ends with a slash, all below it. */
  Door with(String method, String path, Key key, Handler handler) {
    rooms.put(path, new Room(key, method, handler));
    return this;
  }

  void open() {
    // The timer of virtual threads is a thread made for the first of them that waits until a time.
    // Where the user may have no more threads by then, that one would never wake.
    threads.execute(() -> LockSupport.parkNanos(1));
    server.createContext("/", this::enter);
    server.setExecutor(threads);
    server.start();
  }

  private void enter(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (!places.tryAcquire()) {
        Visit.refuse(exchange, 503, "too many requests at a time");
        return;
      }
      try {
        admit(exchange);
      } catch (OutOfMemoryError error) {
        Visit.refuse(exchange, 503, "too little memory for an answer: " + error.getMessage());
      } finally {
        places.release();
      }
    } catch (RuntimeException fault) {
      System.getLogger("braid").log(System.Logger.Level.ERROR, "answering a request", fault);
    }
  }

  private void admit(HttpExchange exchange) throws IOException {
    Room room = room(exchange.getRequestURI().getPath());
    String problem = strangeness(exchange, room);
    if (problem != null) {
      Visit.refuse(exchange, 403, problem);
    } else if (room == null) {
      Visit.refuse(exchange, 404, "nothing is there");
    } else if (!isAllowed(exchange.getRequestHeaders().getFirst(Route.TOKEN), room.key())) {
      Visit.refuse(exchange, 401, "the token is not right");
    } else if (!exchange.getRequestMethod().equals(room.method())) {
      Visit.refuse(exchange, 405, "only " + room.method());
    } else {
      Visit visit = Visit.of(exchange);
      if (visit != null) {
        room.handler().handle(visit);
      }
    }
  }

  private @Nullable Room room(String path) {
    Room found = rooms.get(path);
    for (int slash = path.lastIndexOf('/');
        found == null && slash >= 0;
        slash = path.lastIndexOf('/', slash - 1)) {
      found = rooms.get(path.substring(0, slash + 1));
    }
    return found;
  }

  /** What a browser would send for a page of somebody else; null when there is nothing of it. */
  private @Nullable String strangeness(HttpExchange exchange, @Nullable Room room) {
    var headers = exchange.getRequestHeaders();
    String host = headers.getFirst("Host");
    if (!(Route.LOOPBACK + ":" + port()).equals(host)) {
      return "the host is not " + Route.LOOPBACK + ":" + port();
    }
    String origin = headers.getFirst("Origin");
    boolean isForPages = room != null && (room.key() == Key.PAGE || room.key() == Key.NONE);
    if (origin != null && !(isForPages && origin.equals("http://" + host))) {
      return "pages have no business here";
    }
    String type = headers.getFirst("Content-Type");
    boolean isJson = type != null && type.split(";", 2)[0].strip().equals("application/json");
    return exchange.getRequestMethod().equals("POST") && !isJson ? "only JSON" : null;
  }

  private boolean isAllowed(@Nullable String token, Key key) throws IOException {
    if (token == null) {
      return key == Key.NONE;
    }
    byte[] given = token.getBytes(StandardCharsets.UTF_8);
    return switch (key) {
      case CONTROL -> MessageDigest.isEqual(given, controlToken);
      case HOOK -> MessageDigest.isEqual(given, hookToken);
      case PAGE -> MessageDigest.isEqual(given, controlToken) || links.isGood(token);
      case NONE -> true;
    };
  }

  /** Lets nobody in any more; who is inside is shown out at once. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}

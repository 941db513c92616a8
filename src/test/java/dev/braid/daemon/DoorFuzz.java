package dev.braid.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.BugDetectors;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.braid.claude.HookEvent;
import dev.braid.dashboard.Links;
import dev.braid.fuzz.Scratch;
import dev.braid.protocol.Route;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

class DoorFuzz {
  /** A caller that heard nothing for so long counts as hanging. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** Stands for the port in an input: it is another one each time. */
  private static final String PORT = "{PORT}";

  private static final String GOOD =
      """
      GET /status HTTP/1.1\r
      Host: 127.0.0.1:{PORT}\r
      X-Braid-Token: control\r
      Connection: close\r
      \r
      """;
  private static final byte[] LOOPBACK = {127, 0, 0, 1};
  private static final Logger LOGGER = Logger.getLogger("braid");
  private static final Queue<LogRecord> FAULTS = new ConcurrentLinkedQueue<>();
  private static final Door DOOR = open();

  @FuzzTest
  void whoever_calls_is_answered_or_shut_out_and_the_door_stays_open(byte[] bytes)
      throws IOException {
    try (var _ = BugDetectors.allowNetworkConnections((_, port) -> port == DOOR.port())) {
      String answer = answer(new String(bytes, StandardCharsets.ISO_8859_1));

      assertThat(answer).doesNotContain("HTTP/1.1 500");
      assertThat(FAULTS).extracting(LogRecord::getThrown).isEmpty();
      assertThat(answer(GOOD)).startsWith("HTTP/1.1 200");
    }
  }

  /** All that comes back until the door hangs up. */
  private static String answer(String request) throws IOException {
    byte[] bytes = request.replace(PORT, "" + DOOR.port()).getBytes(StandardCharsets.ISO_8859_1);
    try (var socket = new Socket()) {
      socket.setSoTimeout((int) PATIENCE.toMillis());
      socket.connect(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), DOOR.port()));
      socket.getOutputStream().write(bytes);
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (SocketException _) {
      return ""; // hung up before all was said
    }
  }

  private static Door open() {
    LOGGER.setUseParentHandlers(false);
    LOGGER.addHandler(new FaultHandler());
    try {
      var now = InstantSource.fixed(Instant.parse("2026-11-27T12:00:00Z"));
      var links = new Links(Scratch.folder().resolve("key"), now, new Random(1));
      Door door = Door.at(0, "control", "hook", links);
      door.with("GET", Route.STATUS, Door.Key.CONTROL, visit -> visit.answer("{}"))
          .with("POST", Route.RUNS, Door.Key.CONTROL, new RunDesk(new NoOwner())::handle)
          .with("POST", Route.HOOKS, Door.Key.HOOK, DoorFuzz::hear)
          .with("GET", Route.VIEW, Door.Key.PAGE, DoorFuzz::view)
          .with("POST", Route.ENTER, Door.Key.NONE, visit -> visit.answer(visit.body()));
      door.open();
      return door;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void hear(Visit visit) throws IOException {
    visit.answer(HookEvent.read(visit.body(), Map.of()).isPresent() ? "{}" : "");
  }

  private static void view(Visit visit) throws IOException {
    String run = visit.parameter("run");
    visit.answer(visit.below(Route.VIEW) + (run == null ? "" : run));
  }

  /** Keeps what the door has to say of its own faults. */
  private static final class FaultHandler extends Handler {
    @Override
    public void publish(LogRecord fault) {
      FAULTS.add(fault);
    }

    @Override
    public void flush() {
      // Nothing is held back.
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  }
}

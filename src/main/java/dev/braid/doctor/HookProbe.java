package dev.braid.doctor;

import dev.braid.config.HookPort;
import dev.braid.config.Places;
import dev.braid.protocol.Route;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Sends what a hook would send, and sees who answers. */
final class HookProbe {
  private static final int PATIENCE_MS = 2_000;

  /** An event that is none of Braid's business. */
  private static final byte[] EVENT =
      "{\"session_id\":\"doctor\",\"cwd\":\"/\",\"hook_event_name\":\"Doctor\"}"
          .getBytes(StandardCharsets.UTF_8);

  private static final Path SOCKETS = Path.of("/proc/net/tcp");
  private static final String LISTENING = "0A";

  private HookProbe() {}

  static Check check(Patient patient) throws IOException {
    Places places = patient.layout().places();
    int port = HookPort.of(patient.settings(), places.root());
    String token =
        Files.exists(places.hookTokenFile())
            ? Files.readString(places.hookTokenFile()).strip()
            : "";
    int own = ownUid(places);
    Optional<Integer> stranger = ownerOf(port).filter(uid -> uid != own);
    if (stranger.isPresent()) {
      return Check.bad(
          "hook port",
          "ALARM: port " + port + " is held by user " + stranger.get() + ", who reads your hooks",
          "braid install --repair");
    }
    try {
      int code = send(port, token);
      return switch (code) {
        case 200 -> Check.good("hook port", "port " + port + " answers");
        case 401 -> Check.bad("hook port", "the token is not the daemon's", "braid daemon restart");
        default ->
            Check.bad(
                "hook port",
                "port " + port + " is held by another program (it says " + code + ")",
                "braid install --repair");
      };
    } catch (IOException e) {
      return Check.bad(
          "hook port",
          "port " + port + " does not answer (" + e.getMessage() + ")",
          "braid daemon start");
    }
  }

  private static int send(int port, String token) throws IOException {
    URI uri = URI.create("http://" + Route.LOOPBACK + ":" + port + Route.HOOKS + "event");
    var connection = (HttpURLConnection) uri.toURL().openConnection(Proxy.NO_PROXY);
    try {
      connection.setRequestMethod("POST");
      connection.setConnectTimeout(PATIENCE_MS);
      connection.setReadTimeout(PATIENCE_MS);
      connection.setRequestProperty(Route.TOKEN, token);
      connection.setRequestProperty("Content-Type", "application/json");
      connection.setDoOutput(true);
      connection.setFixedLengthStreamingMode(EVENT.length);
      try (var out = connection.getOutputStream()) {
        out.write(EVENT);
      }
      return connection.getResponseCode();
    } finally {
      connection.disconnect();
    }
  }

  /** Who listens on a port of the loopback interface or of all; known on Linux only. */
  private static Optional<Integer> ownerOf(int port) throws IOException {
    if (!Files.isReadable(SOCKETS)) {
      return Optional.empty();
    }
    String ending = ":%04X".formatted(port);
    List<String> lines = Files.readAllLines(SOCKETS);
    for (String line : lines.subList(1, lines.size())) {
      // Fields: number, local address, remote address, state, queues, timer, retransmits, user.
      String[] fields = line.strip().split("\\s+", -1);
      boolean isOnLoopback =
          fields[1].equals("0100007F" + ending) || fields[1].equals("00000000" + ending);
      if (isOnLoopback && fields[3].equals(LISTENING)) {
        return Optional.of(Integer.parseInt(fields[7]));
      }
    }
    return Optional.empty();
  }

  private static int ownUid(Places places) throws IOException {
    Path mine = Files.exists(places.root()) ? places.root() : Path.of("/proc/self");
    return (Integer) Files.getAttribute(mine, "unix:uid");
  }
}

package dev.braid.crash;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;

/** Ports for tests, below those that the system hands out by itself; each once. */
final class Ports {
  private static final AtomicInteger LAST =
      new AtomicInteger(11_000 + (int) (ProcessHandle.current().pid() % 90) * 100);

  private Ports() {}

  /** One that nobody holds now. */
  static int next() {
    while (true) {
      int port = LAST.incrementAndGet();
      try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return port;
      } catch (IOException _) {
        // Somebody has it: the next one.
      }
    }
  }
}

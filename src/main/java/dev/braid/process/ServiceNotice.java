package dev.braid.process;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Tells systemd how a service stands, by the protocol of sd_notify(3). */
public final class ServiceNotice {
  private static final String SOCKET = "NOTIFY_SOCKET";
  private static final String WATCHDOG = "WATCHDOG_USEC";
  private static final short AF_UNIX = 1;
  private static final int SOCK_DGRAM = 2;

  /** Longest name of a socket, in bytes, of unix(7). */
  private static final int MAX_NAME = 107;

  private ServiceNotice() {}

  /**
   * Sends a notice such as {@code READY=1}; does nothing when no service manager asked for any, or
   * it does not listen.
   *
   * @param environment of this process
   */
  public static void send(Map<String, String> environment, String notice) {
    byte[] name = environment.getOrDefault(SOCKET, "").getBytes(StandardCharsets.UTF_8);
    if (name.length > 0 && name.length <= MAX_NAME) {
      if (name[0] == '@') {
        name[0] = 0;
      }
      Sockets.send(name, notice.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Microseconds within which {@code WATCHDOG=1} is expected again and again; 0 for never. */
  public static long watchdogMicros(Map<String, String> environment) {
    try {
      return Math.max(0, Long.parseLong(environment.getOrDefault(WATCHDOG, "0")));
    } catch (NumberFormatException _) {
      return 0;
    }
  }

  /** Loaded only under a service manager: Java itself has no datagrams on Unix sockets. */
  private static final class Sockets {
    private static final Linker LINKER = Linker.nativeLinker();
    private static final MethodHandle NEW_SOCKET =
        handle("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle SEND_TO =
        handle(
            "sendto",
            FunctionDescriptor.of(
                JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT));

    private static MethodHandle handle(String name, FunctionDescriptor shape) {
      return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), shape);
    }

    static void send(byte[] name, byte[] notice) {
      try (Arena arena = Arena.ofConfined()) {
        int socket = (int) NEW_SOCKET.invokeExact((int) AF_UNIX, SOCK_DGRAM, 0);
        if (socket < 0) {
          return;
        }
        int length = 2 + name.length;
        MemorySegment address = arena.allocate(2 + MAX_NAME + 1L, 8);
        address.set(JAVA_SHORT, 0, AF_UNIX);
        MemorySegment.copy(name, 0, address, JAVA_BYTE, 2, name.length);
        MemorySegment text = arena.allocateFrom(JAVA_BYTE, notice);
        // What nobody takes is lost, as the protocol has it.
        long _ = (long) SEND_TO.invokeExact(socket, text, (long) notice.length, 0, address, length);
        LibC.close(socket);
      } catch (Throwable t) {
        throw new LinkageError("sendto(2)", t);
      }
    }
  }
}

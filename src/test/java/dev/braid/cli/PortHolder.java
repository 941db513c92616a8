package dev.braid.cli;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;

/** A program for tasks: listens on a port for a while. Arguments: port, milliseconds. */
public final class PortHolder {
  private PortHolder() {}

  public static void main(String[] arguments) throws Exception {
    int port = Integer.parseInt(arguments[0]);
    try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      Thread.sleep(Long.parseLong(arguments[1]));
    }
  }

  /** The shell command that runs it; the port stands in a variable. */
  public static String command(String portVariable, int milliseconds) throws Exception {
    Path classes =
        Path.of(PortHolder.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    return "'%s/bin/java' -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp '%s' %s $%s %d"
        .formatted(
            System.getProperty("java.home"),
            classes,
            PortHolder.class.getName(),
            portVariable,
            milliseconds);
  }

  /** Fails when someone holds the port. */
  public static void bind(int port) throws Exception {
    new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
  }
}

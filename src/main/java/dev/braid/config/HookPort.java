package dev.braid.config;

import java.nio.file.Path;

/** The port that Claude Code's hooks are sent to. */
public final class HookPort {
  /** Below the ports that systems hand out by themselves. */
  private static final int FIRST = 20_000;

  private static final int COUNT = 10_000;

  private HookPort() {}

  /** The one that the settings name, else one that follows from where the root is. */
  public static int of(Settings settings, Path root) {
    return settings.hookPort() > 0
        ? settings.hookPort()
        : FIRST + Math.floorMod(root.toString().hashCode(), COUNT);
  }

  /** The one to try when another program has that. */
  public static int after(int port) {
    return FIRST + Math.floorMod(port - FIRST + 1, COUNT);
  }
}

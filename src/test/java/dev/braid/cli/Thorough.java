package dev.braid.cli;

/**
 * Whether all of a campaign is played, or a sample of it that every build has time for: the system
 * property {@code braid.thorough}.
 */
public final class Thorough {
  private static final boolean IS_ON = Boolean.getBoolean("braid.thorough");

  private Thorough() {}

  /** One of two numbers. */
  public static int choose(int sample, int all) {
    return IS_ON ? all : sample;
  }
}

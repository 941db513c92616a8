package dev.braid.claude;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A version of Claude Code, and what may not work with it. */
public record CliVersion(int major, int minor, int patch) implements Comparable<CliVersion> {
  /** The version that all of Braid was seen to work with. */
  public static final CliVersion VERIFIED = new CliVersion(2, 1, 330);

  /** What a person does when there is no Claude Code. */
  public static final String HOW_TO_INSTALL =
      "Claude Code is not installed; install it with: npm install -g @anthropic-ai/claude-code,"
          + " or name it with claude_command in the configuration";

  private static final Pattern SHAPE =
      Pattern.compile("(\\d{1,6})\\.(\\d{1,6})\\.(\\d{1,6}).*", Pattern.DOTALL);

  /** Reads {@code 2.1.330}, with or without words after it. */
  public static Optional<CliVersion> parse(String text) {
    Matcher matcher = SHAPE.matcher(text.strip());
    return matcher.matches()
        ? Optional.of(
            new CliVersion(
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                Integer.parseInt(matcher.group(3))))
        : Optional.empty();
  }

  /** What a person should know before relying on it; empty when there is nothing to say. */
  public Optional<String> caution() {
    if (compareTo(VERIFIED) < 0) {
      return Optional.of(
          "Claude Code "
              + this
              + " is older than "
              + VERIFIED
              + ", which Braid was tested with: structured results, budgets and forked"
              + " conversations may not work; update it with: claude update");
    }
    if (major != VERIFIED.major || minor != VERIFIED.minor) {
      return Optional.of(
          "Claude Code "
              + this
              + " is newer than "
              + VERIFIED
              + ", which Braid was tested with: its stream, and so results and costs, may be"
              + " misread");
    }
    return Optional.empty();
  }

  @Override
  public int compareTo(CliVersion other) {
    if (major != other.major) {
      return Integer.compare(major, other.major);
    }
    return minor != other.minor
        ? Integer.compare(minor, other.minor)
        : Integer.compare(patch, other.patch);
  }

  @Override
  public String toString() {
    return major + "." + minor + "." + patch;
  }
}

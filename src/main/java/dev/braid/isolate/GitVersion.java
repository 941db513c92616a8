package dev.braid.isolate;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The version of the {@code git} command. */
record GitVersion(int major, int minor) implements Comparable<GitVersion> {
  /** The first with {@code merge-tree --write-tree}. */
  static final GitVersion OLDEST = new GitVersion(2, 38);

  private static final Pattern PRINTED = Pattern.compile("git version (\\d+)\\.(\\d+).*");

  /** What {@code git version} prints; 0.0 for anything else. */
  static GitVersion parse(String printed) {
    Matcher matcher = PRINTED.matcher(printed.strip());
    return matcher.matches()
        ? new GitVersion(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)))
        : new GitVersion(0, 0);
  }

  boolean isGoodEnough() {
    return compareTo(OLDEST) >= 0;
  }

  @Override
  public int compareTo(GitVersion other) {
    return major == other.major
        ? Integer.compare(minor, other.minor)
        : Integer.compare(major, other.major);
  }

  @Override
  public String toString() {
    return major + "." + minor;
  }
}

package dev.braid.plan;

import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads sets of words that are written like text. */
final class WordSet {
  private static final Pattern SPACE = Pattern.compile("\\s+");

  private WordSet() {}

  static Set<String> of(String words) {
    return SPACE.splitAsStream(words.strip()).collect(Collectors.toUnmodifiableSet());
  }
}

package dev.braid.resource;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** How alike two texts are: the cosine of the angle between their counts of words. */
final class Similarity {
  private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");

  private Similarity() {}

  /** Between 0, no word in common, and 1, the same words as often. */
  static double cosine(String one, String other) {
    Map<String, Integer> first = words(one);
    Map<String, Integer> second = words(other);
    double product = 0;
    for (Map.Entry<String, Integer> word : first.entrySet()) {
      product += (double) word.getValue() * second.getOrDefault(word.getKey(), 0);
    }
    double lengths = length(first) * length(second);
    return lengths == 0 ? 0 : product / lengths;
  }

  private static Map<String, Integer> words(String text) {
    var counts = new HashMap<String, Integer>();
    for (String word : BETWEEN_WORDS.split(text.toLowerCase(Locale.ROOT), -1)) {
      if (!word.isEmpty()) {
        counts.merge(word, 1, Integer::sum);
      }
    }
    return counts;
  }

  private static double length(Map<String, Integer> counts) {
    return Math.sqrt(counts.values().stream().mapToDouble(count -> (double) count * count).sum());
  }
}

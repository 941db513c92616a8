package dev.braid.intake;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** Collects warnings, one line each; beyond {@link #MAX_SHOWN} it only counts them. */
public final class Warnings {
  /** How many are kept as text. */
  public static final int MAX_SHOWN = 100;

  private final List<String> shown = new ArrayList<>();
  private int unshown;

  public void add(String warning) {
    if (shown.size() < MAX_SHOWN) {
      shown.add(warning);
    } else {
      unshown++;
    }
  }

  public void addAll(Collection<String> warnings) {
    warnings.forEach(this::add);
  }

  /** The warnings in the order they came, with a last line that counts those left out. */
  public List<String> lines() {
    if (unshown == 0) {
      return List.copyOf(shown);
    }
    var lines = new ArrayList<>(shown);
    lines.add(String.format(Locale.ROOT, "and %,d more", unshown));
    return List.copyOf(lines);
  }
}

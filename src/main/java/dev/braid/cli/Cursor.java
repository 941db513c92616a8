package dev.braid.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A place in a list that is longer than the screen and changes. Once a person has moved it, it
 * stays with what it is on; before that it is on the first line, whatever that is.
 */
final class Cursor<T> {
  private @Nullable T on;
  private int last;
  private int top;

  /** Which of them it is on; -1 when there is nothing. */
  int index(List<T> items) {
    int index = on == null ? 0 : items.indexOf(on);
    // What it was on is gone: what took its place is next to that.
    last = Math.min(index < 0 ? last : index, items.size() - 1);
    return last;
  }

  /** What it is on; null when there is nothing. */
  @Nullable T item(List<T> items) {
    int index = index(items);
    return index < 0 ? null : items.get(index);
  }

  /** Stays with what it is on now. */
  void hold(List<T> items) {
    move(items, 0);
  }

  /** Goes so many lines down, or up, as far as there are some. */
  void move(List<T> items, int by) {
    if (!items.isEmpty()) {
      last = Math.clamp((long) index(items) + by, 0, items.size() - 1);
      on = items.get(last);
    }
  }

  void moveToFirst() {
    on = null;
    last = 0;
  }

  /** The first line that is shown of so many, so that its own is among them. */
  int top(List<T> items, int rows) {
    int index = Math.max(0, index(items));
    int lowest = Math.max(0, index - rows + 1);
    int highest = Math.max(0, Math.min(index, items.size() - rows));
    top = Math.clamp(top, Math.min(lowest, highest), highest);
    return top;
  }
}

package dev.braid.plan;

import java.util.Arrays;

/** A growing list of ints, without a box for each. */
final class IntList {
  private static final int FIRST_CAPACITY = 4;

  private int[] values = new int[FIRST_CAPACITY];
  private int size;

  void add(int value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, size * 2);
    }
    values[size++] = value;
  }

  int get(int index) {
    return values[index];
  }

  int removeLast() {
    return values[--size];
  }

  int size() {
    return size;
  }

  boolean isEmpty() {
    return size == 0;
  }

  void clear() {
    size = 0;
  }
}

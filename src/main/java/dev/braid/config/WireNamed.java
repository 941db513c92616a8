package dev.braid.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** An enum whose constants have a lower-case name in files and on the command line. */
public interface WireNamed {
  String name();

  /** The name in files, such as {@code delegate}. */
  default String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The constant of that name. */
  static <E extends Enum<E> & WireNamed> Optional<E> named(Class<E> type, String wireName) {
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> constant.wireName().equals(wireName))
        .findFirst();
  }

  /** All names, in the order of the constants. */
  static <E extends Enum<E> & WireNamed> List<String> names(Class<E> type) {
    return Arrays.stream(type.getEnumConstants()).map(WireNamed::wireName).toList();
  }
}

package dev.braid.isolate;

import org.jspecify.annotations.Nullable;

/**
 * What is to become of one path of the user's tree, byte for byte.
 *
 * @param path relative to the top of the repository
 * @param before what stands there now; null for nothing
 * @param after what is to stand there; null for nothing
 */
public record Change(String path, @Nullable Content before, @Nullable Content after) {
  /** Back again. */
  Change reversed() {
    return new Change(path, after, before);
  }
}

package dev.braid.plan;

import dev.braid.task.ResourceUse;
import dev.braid.task.ResourceUse.Access;

/**
 * A resource that a task holds while it runs, and how that is known.
 *
 * @param reason in words, such as {@code declared} or {@code in writing "update src/a.txt"}
 */
record HeldResource(ResourceUse use, String reason) {
  static HeldResource declared(ResourceUse use) {
    return new HeldResource(use, "declared");
  }

  static HeldResource inferred(String name, String reason) {
    return new HeldResource(ResourceUse.writing(name), reason);
  }

  boolean writes() {
    return use.access() == Access.WRITE;
  }
}

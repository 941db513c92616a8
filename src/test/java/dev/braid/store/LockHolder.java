package dev.braid.store;

import java.io.IOException;
import java.nio.file.Path;

/** A program that tries to take a lock, says whether it has it, and keeps it until it is killed. */
final class LockHolder {
  static final String HAS_IT = "has it";
  static final String REFUSED = "refused";

  private LockHolder() {}

  public static void main(String[] arguments) throws IOException {
    OwnerLock lock = OwnerLock.tryAcquire(Path.of(arguments[0]), arguments[1]);
    System.out.println(lock == null ? REFUSED : HAS_IT);
    int _ = System.in.read();
  }
}

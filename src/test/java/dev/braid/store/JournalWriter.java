package dev.braid.store;

import java.io.IOException;
import java.nio.file.Path;

/** A program that appends to a journal until it is killed, and says each number it was told of. */
final class JournalWriter {
  private JournalWriter() {}

  public static void main(String[] arguments) throws IOException {
    try (Journal journal = Journal.open(Path.of(arguments[0]))) {
      for (int number = 0; !System.out.checkError(); number++) {
        journal.append(Json.object().put("n", number)).join();
        System.out.println(number);
      }
    }
  }
}

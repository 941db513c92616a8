package dev.braid.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A program on whose disk an fsync fails. It says of each step whether it was done. */
final class FailingSync {
  private static final int STEPS = 3;

  private FailingSync() {}

  private interface Step {
    void run(int number) throws IOException;
  }

  /** Arguments: where it fails, as the fault point has it; what writes; the file. */
  public static void main(String[] arguments) throws IOException {
    System.setProperty("braid.fault", arguments[0]);
    Path file = Path.of(arguments[2]);
    switch (arguments[1]) {
      case "journal" -> {
        try (Journal journal = Journal.open(file)) {
          run(number -> journal.write(Json.object().put("n", number)));
        }
      }
      case "lines" -> run(number -> DurableLines.append(file, List.of("{\"n\":" + number + "}")));
      default ->
          run(number -> AtomicFile.write(file, number + "\n", AtomicFile.Durability.MACHINE));
    }
    System.out.println("end");
  }

  private static void run(Step step) {
    for (int number = 1; number <= STEPS; number++) {
      try {
        step.run(number);
        System.out.println(number);
      } catch (IOException e) {
        System.out.println(e.getMessage());
      }
    }
  }

  /** What it says, each step a line. */
  static List<String> say(String fault, String what, Path file) throws IOException {
    try (ChildJvm child = ChildJvm.start(FailingSync.class, fault, what, file.toString())) {
      return List.of(child.line(), child.line(), child.line());
    }
  }
}

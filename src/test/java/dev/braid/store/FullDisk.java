package dev.braid.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletionException;

/**
 * A program that appends to a journal before, while and after the system takes no more of its
 * bytes, and says each number it was told of.
 */
final class FullDisk {
  private static final int LIMIT_BYTES = 100;

  private FullDisk() {}

  public static void main(String[] arguments) throws Exception {
    try (Journal journal = Journal.open(Path.of(arguments[0]))) {
      append(journal, 1, "short");
      limitFileSize(Integer.toString(LIMIT_BYTES));
      append(journal, 2, "long".repeat(LIMIT_BYTES));
      limitFileSize("unlimited");
      append(journal, 3, "short");
    }
    System.out.println("end");
  }

  private static void append(Journal journal, int number, String text) {
    try {
      journal.append(Json.object().put("n", number).put("text", text)).join();
      System.out.println(number);
    } catch (CompletionException _) {
      System.out.println("refused");
    }
  }

  private static void limitFileSize(String soft) throws IOException, InterruptedException {
    String pid = Long.toString(ProcessHandle.current().pid());
    int status =
        new ProcessBuilder("prlimit", "--pid", pid, "--fsize=" + soft + ":")
            .inheritIO()
            .start()
            .waitFor();
    if (status != 0) {
      throw new IOException("prlimit exited with " + status);
    }
  }
}

package dev.braid.claude;

import dev.braid.intake.JsonDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads the files of lists. */
public interface ListFiles {
  /** The largest file of one task, in bytes. */
  int MAX_FILE_BYTES = 4 * 1024 * 1024;

  /** Reads each time. */
  ListFiles FRESH = (id, file) -> isFile(file) ? parse(id, bytes(file)) : Content.NO_FILE;

  /**
   * What stands in a file.
   *
   * @param bytes its size, as far as it was read
   * @param task a task, or why it is none
   */
  record Content(int bytes, ListedTask.Reading task) {
    static final Content NO_FILE = bad(0, "not a regular file");

    private static Content bad(int bytes, String problem) {
      return new Content(bytes, new ListedTask.Reading.Bad(problem));
    }
  }

  /**
   * The content of a task's file.
   *
   * @param id of the task
   * @throws IOException when it cannot be read
   */
  Content read(String id, Path file) throws IOException;

  /** Whether it is one; a pipe would never end. */
  private static boolean isFile(Path file) throws IOException {
    return Files.readAttributes(file, "isRegularFile").containsValue(true);
  }

  /** One byte more than the limit is enough to refuse it. */
  static byte[] bytes(Path file) throws IOException {
    try (var input = Files.newInputStream(file)) {
      return input.readNBytes(MAX_FILE_BYTES + 1);
    }
  }

  /** What these bytes say. */
  static Content parse(String id, byte[] bytes) {
    if (bytes.length > MAX_FILE_BYTES) {
      return Content.bad(bytes.length, "larger than 4 MiB");
    }
    return switch (JsonDocument.parse(bytes)) {
      case JsonDocument.Unreadable(var problem) -> Content.bad(bytes.length, problem);
      case JsonDocument.Parsed(var root) -> new Content(bytes.length, ListedTask.of(id, root));
    };
  }
}

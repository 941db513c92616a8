package dev.braid.store;

import dev.braid.task.TaskId;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * The name of a task's files: its id, or the id and a hash where the id alone could meet another
 * name on a disk that ignores case, or one of Braid's own.
 */
public final class FileKey {
  /** Names with a meaning of their own here, or on some file system. */
  private static final Set<String> RESERVED =
      Set.of("run", "journal", "owner", "merged", "report", "tasks", "con", "prn", "aux", "nul");

  /** Stands before the hash; no id holds it. */
  private static final char SEPARATOR = '~';

  private FileKey() {}

  public static String of(TaskId id) {
    String value = id.value();
    boolean plain =
        value.equals(value.toLowerCase(Locale.ROOT))
            && !RESERVED.contains(value)
            && !value.endsWith(".json")
            && !value.endsWith(".");
    if (plain) {
      return value;
    }
    var crc = new CRC32();
    crc.update(value.getBytes(StandardCharsets.US_ASCII));
    return value + SEPARATOR + HexFormat.of().toHexDigits((int) crc.getValue());
  }
}

package dev.braid.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The process table of Linux, read from {@code /proc}. A process that ends meanwhile is left out.
 */
final class ProcFs implements ProcessTable {
  private static final Path PROC = Path.of("/proc");
  private static final Path BOOT_ID = PROC.resolve("sys/kernel/random/boot_id");

  /** Fields of {@code stat} counted from the state, which is field 3: proc(5). */
  private static final int STATE = 0;

  private static final int PARENT = 1;
  private static final int SESSION = 3;
  private static final int START_TIME = 19;

  static boolean isThere() {
    return Files.isReadable(BOOT_ID);
  }

  @Override
  public List<Entry> snapshot() {
    var entries = new ArrayList<Entry>();
    String[] names = PROC.toFile().list();
    if (names == null) {
      return entries;
    }
    for (String name : names) {
      if (Character.isDigit(name.charAt(0))) {
        Entry entry = entry(Long.parseLong(name));
        if (entry != null) {
          entries.add(entry);
        }
      }
    }
    return entries;
  }

  @Override
  public @Nullable Entry entry(long pid) {
    String stat;
    try {
      stat =
          Descriptors.patiently(
              () -> Files.readString(of(pid, "stat"), StandardCharsets.ISO_8859_1));
    } catch (IOException _) {
      return null;
    }
    // The name of the program comes before the state, in parentheses, and may hold any character.
    int end = stat.lastIndexOf(')');
    if (end < 0) {
      return null;
    }
    String[] fields = stat.substring(end + 2).split(" ", -1);
    if (fields.length <= START_TIME || "ZXx".contains(fields[STATE])) {
      return null;
    }
    return new Entry(
        pid, Long.parseLong(fields[PARENT]), Long.parseLong(fields[SESSION]), fields[START_TIME]);
  }

  @Override
  public boolean startedWith(long pid, String variable) {
    try {
      String environment = "\0" + Files.readString(of(pid, "environ"), StandardCharsets.ISO_8859_1);
      return environment.contains("\0" + variable + "\0");
    } catch (IOException _) {
      return false;
    }
  }

  @Override
  public String bootId() {
    try {
      return Files.readString(BOOT_ID).strip();
    } catch (IOException _) {
      return "unknown";
    }
  }

  private static Path of(long pid, String file) {
    return PROC.resolve(Long.toString(pid)).resolve(file);
  }
}

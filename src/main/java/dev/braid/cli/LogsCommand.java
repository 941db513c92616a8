package dev.braid.cli;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code braid logs}: what the daemon did, and why. */
@Command(name = "logs", description = "Shows the last lines of the log.")
final class LogsCommand implements Callable<Integer> {
  private static final Duration LOOK = Duration.ofMillis(200);

  /** So much of the end is looked at, in bytes. */
  private static final int TAIL_BYTES = 1 << 20;

  private final Invocation invocation;

  @Option(
      names = {"-f", "--follow"},
      description = "Go on with new lines, until Ctrl-C.")
  private boolean follow;

  @Option(names = "--lines", paramLabel = "N", description = "So many (default: ${DEFAULT-VALUE}).")
  private int lines = 100;

  LogsCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path file = Planning.settings(invocation, null).monitoring().logFile();
    long at = showEnd(file);
    while (follow) {
      Thread.sleep(LOOK);
      long size = Files.exists(file) ? Files.size(file) : 0;
      at = size < at ? 0 : at;
      if (size > at) {
        invocation.out().print(read(file, at, (int) Math.min(size - at, TAIL_BYTES)));
        invocation.out().flush();
        at = Math.min(size, at + TAIL_BYTES);
      }
    }
    return ExitCode.GOOD;
  }

  private long showEnd(Path file) throws IOException {
    if (!Files.exists(file)) {
      return 0;
    }
    long size = Files.size(file);
    long from = Math.max(0, size - TAIL_BYTES);
    List<String> all = read(file, from, (int) (size - from)).lines().toList();
    all.subList(Math.max(0, all.size() - lines), all.size()).forEach(invocation.out()::println);
    return size;
  }

  private static String read(Path file, long from, int bytes) throws IOException {
    try (var source = new RandomAccessFile(file.toFile(), "r")) {
      source.seek(from);
      var buffer = new byte[bytes];
      int count = Math.max(0, source.read(buffer));
      return new String(buffer, 0, count, StandardCharsets.UTF_8);
    }
  }
}

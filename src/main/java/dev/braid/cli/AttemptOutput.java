package dev.braid.cli;

import dev.braid.claude.StreamText;
import dev.braid.process.AttemptFolder;
import dev.braid.store.LineTail;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;

/** What an attempt printed, from near the end, and then as it prints more. */
final class AttemptOutput {
  /** So much of the end of a command's output is looked at, in bytes. */
  private static final long COMMAND_BYTES = 1 << 20;

  private static final int COMMAND_LINE_BYTES = 16 << 10;

  /** Lines of a stream are long, and a part of one cannot be read. */
  private static final long STREAM_BYTES = 16 << 20;

  private static final int STREAM_LINE_BYTES = 8 << 20;

  private final boolean isModel;
  private final LineTail stdout;
  private final LineTail stderr;
  private final LastLines out;
  private final LastLines err;

  /**
   * @param isModel whether a model does it, whose output is a stream of JSON
   * @param lines so many of each file's lines are shown of those that are there
   */
  AttemptOutput(AttemptFolder folder, boolean isModel, PrintStream to, int lines) {
    this.isModel = isModel;
    this.stdout =
        isModel
            ? LineTail.of(folder.stdout(), STREAM_BYTES, STREAM_LINE_BYTES)
            : LineTail.of(folder.stdout(), COMMAND_BYTES, COMMAND_LINE_BYTES);
    this.stderr = LineTail.of(folder.stderr(), COMMAND_BYTES, COMMAND_LINE_BYTES);
    this.out = LastLines.counted(to, lines);
    this.err = LastLines.counted(to, lines);
    sayWhatIsBefore(stdout, "stdout", to);
    sayWhatIsBefore(stderr, "stderr", to);
  }

  private static void sayWhatIsBefore(LineTail tail, String name, PrintStream to) {
    if (tail.bytesBefore() > 0) {
      to.println("[... " + tail.bytesBefore() + " bytes of " + name + " before]");
    }
  }

  /** Shows whole lines that are new. */
  void advance() throws IOException {
    stdout.advance(this::addOut);
    stderr.advance(this::addErr);
    flow();
  }

  /** Shows all the rest. */
  void finish() throws IOException {
    stdout.finish(this::addOut);
    stderr.finish(this::addErr);
    flow();
  }

  private void flow() {
    out.flow();
    err.flow();
  }

  private void addOut(String line) {
    List<String> texts = isModel ? StreamText.of(line) : List.of(line);
    texts.stream().flatMap(String::lines).forEach(text -> out.add("", text));
  }

  private void addErr(String line) {
    err.add("stderr: ", line);
  }
}

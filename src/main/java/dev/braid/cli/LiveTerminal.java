package dev.braid.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.AttributedCharSequence.ForceMode;
import org.jline.utils.AttributedString;
import org.jline.utils.InfoCmp;
import org.jline.utils.NonBlockingInputStream;

/**
 * The terminal as a screen of our own, which is given back as it was: also when this program is
 * ended by a signal. Where it cannot do that any more, {@code bin/braid} does.
 */
final class LiveTerminal implements AutoCloseable, KeyReader.Bytes {
  /** The other screen, without cursor, and lines that are cut at the edge. */
  private static final String ENTER = "\u001b[?1049h\u001b[?25l\u001b[?7l\u001b[2J";

  private static final String LEAVE = "\u001b[0m\u001b[?7h\u001b[?25h\u001b[?1049l";

  /** All terminals that count understand what is sent here: nobody needs to be asked for more. */
  private static final String TYPE = "any";

  private static final int COLORS = 16;
  private static final int USUAL_WIDTH = 80;
  private static final int USUAL_HEIGHT = 24;

  /** A terminal that takes nothing must not keep the program from ending. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final Terminal terminal;
  private final Attributes original;
  private final OutputStream out = new FileOutputStream(FileDescriptor.out);
  private final ReentrantLock lock = new ReentrantLock();
  private final Thread restoring = new Thread(this::leaveForEver, "restoring");
  private List<AttributedString> shown = List.of();
  private boolean isEntered;
  private volatile boolean isEnding;

  private LiveTerminal(Terminal terminal) {
    this.terminal = terminal;
    this.original = terminal.getAttributes();
  }

  /**
   * Opens it.
   *
   * @throws IOException when standard input and output are no terminal
   */
  static LiveTerminal open() throws IOException {
    try {
      InfoCmp.setLoadedInfoCmp(TYPE, "");
      Terminal terminal =
          TerminalBuilder.builder()
              .system(true)
              .provider("ffm")
              .type(TYPE)
              .encoding(StandardCharsets.UTF_8)
              .nativeSignals(false)
              .dumb(false)
              .build();
      var opened = new LiveTerminal(terminal);
      Runtime.getRuntime().addShutdownHook(opened.restoring);
      opened.enter();
      return opened;
    } catch (IllegalStateException e) {
      throw new IOException("cannot use the terminal: " + e.getMessage(), e);
    }
  }

  /** Takes the screen; Ctrl-C is a key then. */
  void enter() throws IOException {
    Attributes _ = terminal.enterRawMode();
    Attributes raw = terminal.getAttributes();
    raw.setLocalFlag(Attributes.LocalFlag.ISIG, false);
    terminal.setAttributes(raw);
    lock.lock();
    try {
      shown = List.of();
      isEntered = true;
      write(ENTER);
    } finally {
      lock.unlock();
    }
  }

  private void leaveForEver() {
    isEnding = true;
    leave();
  }

  /** Whether this program is being ended, so that it is no fault when the terminal is closed. */
  boolean isEnding() {
    return isEnding;
  }

  /** Gives the screen back as it was; nothing is shown until it is taken again. */
  void leave() {
    boolean locked = false;
    try {
      locked = lock.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      if (isEntered) {
        isEntered = false;
        write(LEAVE);
        terminal.setAttributes(original);
      }
    } catch (IOException | RuntimeException _) {
      // The terminal is gone, and with it what was to be restored.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      if (locked) {
        lock.unlock();
      }
    }
  }

  Size size() {
    Size size = terminal.getSize();
    return size.getColumns() > 0 && size.getRows() > 0 ? size : new Size(USUAL_WIDTH, USUAL_HEIGHT);
  }

  /** Shows these lines; only those that are others than before are sent. */
  void show(List<AttributedString> lines) throws IOException {
    lock.lock();
    try {
      if (!isEntered) {
        return;
      }
      var changes = new StringBuilder();
      boolean isNew = shown.size() != lines.size();
      if (isNew) {
        changes.append("\u001b[2J");
      }
      for (int i = 0; i < lines.size(); i++) {
        if (isNew || !lines.get(i).equals(shown.get(i))) {
          changes
              .append("\u001b[")
              .append(i + 1)
              .append(";1H\u001b[0m\u001b[2K")
              .append(ansi(lines.get(i)));
        }
      }
      shown = List.copyOf(lines);
      if (!changes.isEmpty()) {
        write(changes.toString());
      }
    } finally {
      lock.unlock();
    }
  }

  /** A line as it is sent. */
  static String ansi(AttributedString line) {
    return line.toAnsi(COLORS, ForceMode.None);
  }

  /** Shows everything anew the next time. */
  void forget() {
    shown = List.of();
  }

  private void write(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public int read(long timeoutMs) throws IOException {
    if (!(terminal.input() instanceof NonBlockingInputStream input)) {
      throw new IOException("the terminal cannot be read with a time limit");
    }
    int read = input.read(timeoutMs);
    if (read == KeyReader.EXPIRED) {
      int _ = System.in.available(); // fails on a terminal that is gone, which only expires
    }
    return read;
  }

  @Override
  public void close() throws IOException {
    leave();
    if (!isEnding) {
      boolean _ = Runtime.getRuntime().removeShutdownHook(restoring);
      terminal.close();
    }
  }
}

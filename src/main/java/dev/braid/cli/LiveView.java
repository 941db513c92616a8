package dev.braid.cli;

import dev.braid.run.RunStore;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.jline.terminal.Size;

/**
 * {@code braid status --watch}: runs and their tasks on the whole terminal, drawn anew as they
 * change. It owns no run: it looks on, and asks owners for what keys mean.
 */
final class LiveView implements AutoCloseable {
  /** How long a key is waited for before it is looked whether something has changed. */
  private static final Duration KEY_WAIT = Duration.ofMillis(200);

  /** What changes by itself is drawn no more often. */
  private static final Duration REDRAW = Duration.ofMillis(200);

  private final LiveTerminal terminal;
  private final LiveSource source;
  private final LiveDrawing drawing;
  private final LiveActions actions;
  private final LiveState state = new LiveState();

  private final ExecutorService acting =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("acting").daemon().factory());

  /** What came of the last action; empty when it is told. */
  private final AtomicReference<String> outcome = new AtomicReference<>("");

  private LiveSnapshot snapshot;
  private LiveLayout layout;
  private long drawnNanos;

  private LiveView(Invocation invocation, Look look, RunStore store, LiveSource source)
      throws IOException {
    this.source = source;
    this.drawing = new LiveDrawing(look);
    this.actions = new LiveActions(invocation, store);
    this.snapshot = source.latest();
    this.terminal = LiveTerminal.open();
    this.layout = layout();
  }

  /** Shows it until the person quits; the exit code. */
  static int watch(Invocation invocation, Look look) throws IOException {
    // bin/braid looks whether both are a terminal, and restores it when this program is killed.
    if (!Boolean.getBoolean("braid.screen")
        || invocation.environment().getOrDefault("TERM", "dumb").equals("dumb")) {
      throw new Failed(
          ExitCode.USAGE, "status --watch needs a terminal; use braid status, or braid logs -f");
    }
    var store = new RunStore(invocation.places());
    try (var source = new LiveSource(invocation, store)) {
      source.start();
      try (var view = new LiveView(invocation, look, store, source)) {
        view.toTheEnd();
      }
    }
    return ExitCode.GOOD;
  }

  /**
   * Does once all that needs no terminal, and of the rest what it can: for the build's training.
   */
  static void rehearse(Invocation invocation) throws IOException {
    var state = new LiveState();
    try (var source = new LiveSource(invocation, new RunStore(invocation.places()))) {
      source.look();
      source.ask();
      LiveSnapshot seen = source.latest();
      LiveLayout layout = LiveLayout.of(80, 24, seen, state.pane());
      LiveState.Request _ = state.press(Key.ENTER, seen, layout);
      new LiveDrawing(new Look(true, true)).draw(seen, state, layout).forEach(LiveTerminal::ansi);
    }
    try {
      LiveTerminal.open().close();
    } catch (IOException _) {
      // A build has no terminal: it has learnt what it takes to find that out.
    }
  }

  private void toTheEnd() throws IOException {
    var keys = new KeyReader(terminal);
    try {
      boolean goesOn = true;
      draw();
      while (goesOn) {
        Key key = keys.read(KEY_WAIT.toMillis());
        if (key != null) {
          goesOn = press(key);
        }
        if (key != null || isToBeDrawn()) {
          draw();
        }
      }
    } catch (IOException | RuntimeException e) {
      if (!terminal.isEnding()) {
        throw e;
      }
    }
  }

  private LiveLayout layout() {
    Size size = terminal.size();
    return LiveLayout.of(size.getColumns(), size.getRows(), snapshot, state.pane());
  }

  private boolean isToBeDrawn() {
    // The size is looked at here: a signal would tell of it no sooner than the next key is read.
    boolean isNew =
        !source.latest().at().equals(snapshot.at())
            || !layout().equals(layout)
            || !outcome.get().isEmpty();
    return isNew && System.nanoTime() - drawnNanos >= REDRAW.toNanos();
  }

  private void draw() throws IOException {
    drawnNanos = System.nanoTime();
    String told = outcome.getAndSet("");
    if (!told.isEmpty()) {
      state.tell(told);
    }
    snapshot = source.latest();
    LiveLayout now = layout();
    if (now.width() != layout.width() || now.height() != layout.height()) {
      terminal.forget();
    }
    layout = now;
    terminal.show(drawing.draw(snapshot, state, layout));
    source.choose(state.choice(snapshot));
  }

  /** False when the person quits. */
  private boolean press(Key key) throws IOException {
    LiveState.Request request = state.press(key, snapshot, layout);
    switch (request) {
      case LiveState.Request.Nothing _ -> {}
      case LiveState.Request.Quit _ -> {
        return false;
      }
      case LiveState.Request.Open _ -> {
        terminal.leave();
        outcome.set(actions.act(request));
        terminal.enter();
      }
      case LiveState.Request.Cancel _, LiveState.Request.Retry _ ->
          acting.execute(() -> {
            outcome.set(actions.act(request));
            source.lookNow();
          });
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    acting.shutdownNow();
    terminal.close();
  }
}

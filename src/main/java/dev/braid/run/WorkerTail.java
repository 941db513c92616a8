package dev.braid.run;

import dev.braid.claude.EventStream;
import dev.braid.claude.StreamEvent;
import dev.braid.process.AttemptFolder;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * What a worker did last, by the end of its stream: for those who look on, and need not know all of
 * it. Not for several threads at once.
 */
public final class WorkerTail {
  /** So much of a stream is read to begin with, in bytes. */
  private static final int FIRST_BYTES = 64 << 10;

  /** Uses of tools that are remembered. */
  private static final int MAX_USES = 200;

  private final EventStream stream;
  private final Deque<String> uses = new ArrayDeque<>();

  /** Of an attempt; what it writes may not be there yet. */
  public WorkerTail(AttemptFolder attempt) {
    this.stream = EventStream.ofEnd(attempt.stdout(), FIRST_BYTES);
  }

  /** Reads what is new. */
  public void look() throws IOException {
    stream.advance(event -> {
      if (event instanceof StreamEvent.Answered answered && answered.tool() != null) {
        if (uses.size() == MAX_USES) {
          uses.removeFirst();
        }
        uses.addLast((answered.tool() + " " + answered.detail()).strip());
      }
    });
  }

  /** The tool it uses, with what it is used for; empty when that is not known. */
  public String doing() {
    return uses.isEmpty() ? "" : uses.getLast();
  }

  /** The tools it used, the latest last. */
  public List<String> uses() {
    return List.copyOf(uses);
  }
}

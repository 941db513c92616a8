package dev.braid.daemon;

import dev.braid.claude.HookEvent;
import dev.braid.dashboard.HookTimes;
import dev.braid.hook.Hooks;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Reads events of Claude Code at the door and hands the answers out. */
record HookDesk(Hooks hooks, HookTimes times, LongSupplier nanos) {
  /** Claude Code waits 2 s for the answer to a prompt. */
  private static final long PATIENCE_NANOS = 1_500_000_000L;

  private static final List<String> HEADERS =
      List.of(HookEvent.LIST_HEADER, HookEvent.RUN_HEADER, HookEvent.MODE_HEADER);

  /** What is no event is answered with nothing, as an event that is none of Braid's business. */
  void handle(Visit visit) throws IOException {
    var variables = new HashMap<String, String>();
    HEADERS.forEach(header -> variables.put(header, visit.header(header)));
    Optional<HookEvent> event = HookEvent.read(visit.body(), variables);
    if (event.isPresent()) {
      answer(event.get(), visit);
    } else {
      visit.answer("");
    }
  }

  private void answer(HookEvent event, Visit visit) throws IOException {
    long began = nanos.getAsLong();
    Hooks.Reply reply = hooks.answer(event);
    boolean isSent = false;
    try {
      String text = reply.answer().text();
      long took = nanos.getAsLong() - began;
      times.took(event, took);
      // An answer that nobody waits for any more must not take what it tells with it.
      boolean isLate = took > PATIENCE_NANOS && !reply.taken().isEmpty();
      visit.answer(isLate ? "" : text);
      isSent = !isLate;
    } finally {
      if (!isSent) {
        reply.notSent();
      }
    }
    if (isSent) {
      reply.sent();
    }
  }
}

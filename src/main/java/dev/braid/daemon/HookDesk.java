package dev.braid.daemon;

import dev.braid.claude.HookEvent;
import dev.braid.dashboard.HookTimes;
import dev.braid.hook.Hooks;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.function.LongSupplier;

/** Reads events of Claude Code at the door and hands the answers out. */
record HookDesk(Hooks hooks, HookTimes times, LongSupplier nanos) {
  private static final List<String> HEADERS =
      List.of(HookEvent.LIST_HEADER, HookEvent.RUN_HEADER, HookEvent.MODE_HEADER);

  /** What is no event is answered with nothing, as an event that is none of Braid's business. */
  void handle(Visit visit) throws IOException {
    var variables = new HashMap<String, String>();
    HEADERS.forEach(header -> variables.put(header, visit.header(header)));
    visit.answer(HookEvent.read(visit.body(), variables).map(this::answer).orElse(""));
  }

  private String answer(HookEvent event) {
    long began = nanos.getAsLong();
    String answer = hooks.answer(event).text();
    times.took(event, nanos.getAsLong() - began);
    return answer;
  }
}

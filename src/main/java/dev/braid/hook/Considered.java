package dev.braid.hook;

import dev.braid.claude.HookCaller;
import dev.braid.config.Places;
import dev.braid.plan.Decision;
import dev.braid.run.NotRun;
import dev.braid.store.LogFile;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Remembers what was looked at and not run, for {@code braid runs} and the log. */
final class Considered {
  private static final int MAX_LISTS = 100;

  private final NotRun notRun;
  private final LogFile log;

  /** What was said last, by list: a session that begins task after task hears it once. */
  private final Map<String, String> said =
      Collections.synchronizedMap(
          new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
              return size() > MAX_LISTS;
            }
          });

  Considered(Places places, InstantSource clock, LogFile log) {
    this.notRun = new NotRun(places, clock);
    this.log = log;
  }

  /** Nothing of the list of a session was taken over. */
  void left(HookCaller caller, int tasks, Decision decision) {
    String list = caller.listId();
    String line =
        "%s, %d tasks: nothing is taken over: %s"
            .formatted(caller.inWords(), tasks, decision.reason());
    if (line.equals(said.put(list, line))) {
      return;
    }
    log.info(line);
    try {
      notRun.remember("list " + list, tasks, decision);
    } catch (IOException e) {
      log.warn("that is not shown by braid runs: " + e.getMessage());
    }
  }
}

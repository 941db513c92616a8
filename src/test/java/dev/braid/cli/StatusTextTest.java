package dev.braid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class StatusTextTest {
  private static final String WHOLE =
      """
      {"daemon":{"running":true,"pid":4711,"version":"1.2","uptime_seconds":7800,
        "rss_bytes":71000000},
       "mode":"delegate","enabled":true,
       "runs":[{"run_id":"019b0000-0001-7000-8000-0000007f3k21","status":"running","tasks":9,
         "done":4,"failed":1,"skipped":0,"elapsed_seconds":45,"cost_usd":0.42,"parked":null,
         "running":[{"id":"api","subject":"Build the API","attempt":2,"seconds":12},
           {"id":"web","subject":"web","attempt":1,"seconds":3}]},
        {"run_id":"019b0000-0001-7000-8000-000000a1b2c3","status":"parked","tasks":4,"done":1,
         "parked":"parked until 2026-11-27 18:30:00: usage limit","running":[]}],
       "resources":{"skills":1,"agents":1,"pending":["reader"],
         "temporary":[{"name":"maker","kind":"skill","usage_count":3},
           {"name":"reader","kind":"agent","usage_count":1}]},
       "stats":{"total_parallel_executions":12,"total_tasks_parallelized":80,
         "average_speedup":2.43,"total_time_saved_minutes":35.2,"failure_rate":0.03},
       "disk":{"runs_bytes":35651584,"runs_max_bytes":1073741824,"worktree_bytes":0,
         "trash_bytes":1048576,"free_bytes":13207024435,"complete":true},
       "problems":["port 24234 belongs to another program: hooks are inactive -> braid install --repair"]}
      """
          .replace("7f3k21", "7f3421");

  private static List<String> lines(String json, boolean unicode) {
    return new StatusText(Ended.json(json), unicode).lines();
  }

  @Test
  void one_screen_says_all_of_it() {
    assertThat(lines(WHOLE, false))
        .containsExactly(
            "daemon     process 4711, version 1.2, up 2 h 10 min, 71 MB",
            "mode       delegate",
            "runs       2 under way",
            "  7f3421  running     [########------------] 4 of 9 done, 1 failed, 45 s, $0.42",
            "        api  Build the API  12 s, attempt 2",
            "        web  3.0 s",
            "  a1b2c3  parked      [#####---------------] 1 of 4 done",
            "        parked until 2026-11-27 18:30:00: usage limit",
            "resources  1 temporary skill, 1 agent",
            "  skill  maker  used 3 times",
            "  agent  reader  used once, pending",
            "stats      12 parallel runs: speed-up at most 2.4 on average, at most 35.2 min saved,"
                + " 3 % of 80 tasks failed",
            "disk       runs 34 of 1024 MiB, worktrees 0 MiB, trash 1 MiB; 12.3 GiB free",
            "problems   1",
            "  port 24234 belongs to another program: hooks are inactive",
            "      -> braid install --repair");
  }

  @Test
  void nothing_is_said_in_words_too() {
    assertThat(lines("{\"daemon\":{\"running\":false},\"mode\":\"off\",\"enabled\":false}", false))
        .containsExactly(
            "daemon     does not run",
            "mode       off (off: enabled is false)",
            "runs       none under way; earlier ones: braid runs",
            "resources  no temporary skills or agents",
            "stats      no parallel run yet",
            "problems   none");
  }

  @Test
  void a_bar_is_drawn_with_blocks_where_they_are_shown() {
    assertThat(lines(WHOLE, true)).anySatisfy(line -> assertThat(line).contains("[█████░░░"));
  }

  @Test
  void what_a_task_says_does_not_steer_the_terminal() {
    String hostile = WHOLE.replace("Build the API", "\\u001b[2Jx\\u202ey");

    assertThat(String.join("", lines(hostile, true)))
        .contains("[2Jx y")
        .doesNotContain("\u001b", "\u202e");
  }

  @Test
  void much_of_everything_stays_one_screen() {
    var runs = new StringBuilder();
    var problems = new StringBuilder();
    for (int i = 0; i < 100; i++) {
      runs.append(i == 0 ? "" : ",")
          .append("{\"run_id\":\"019b0000-0001-7000-8000-%012x\",\"tasks\":1}".formatted(i));
      problems.append(i == 0 ? "" : ",").append("\"bad -> mend it\"");
    }
    String json = "{\"runs\":[%s],\"problems\":[%s]}".formatted(runs, problems);

    assertThat(lines(json, true))
        .hasSizeLessThan(40)
        .contains("  and 92 more: braid runs", "  and 90 more: braid status --json");
  }

  @Test
  void figures_of_a_part_of_the_disk_say_so() {
    assertThat(lines(WHOLE.replace("\"complete\":true", "\"complete\":false"), true))
        .anySatisfy(line -> assertThat(line).startsWith("disk       at least: runs 34 of"));
  }
}

package dev.braid.page;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.cli.TempRoot;
import dev.braid.store.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/**
 * The root that pictures are made of: a shop is built by twelve tasks of which one fails, another
 * is tried twice and two are skipped; two smaller runs; and figures of some weeks.
 */
final class Shop {
  static final String RUN = "019f2c3e-5d00-7a10-8b20-7c30d4e5f60a";
  private static final Instant BEGAN = Instant.parse("2026-07-04T09:30:00Z");
  private static final String SMALL = "019f2c1e-0000-7a10-8b20-7c30d4e5f60b";
  private static final String CHAIN = "019f2bfe-0000-7a10-8b20-7c30d4e5f60c";

  private Shop() {}

  static TempRoot root() throws IOException {
    TempRoot root = WrittenRun.root();
    build().into(root, "partial", 214.6);
    small().into(root, "success", 61.8);
    chain().into(root, "success", 95.0);
    Path stats = root.path().resolve("memory/logs/parallel-execution-stats.json");
    Files.createDirectories(stats.resolveSibling("."));
    Files.writeString(stats, Json.pretty(statistics()));
    return root;
  }

  private static WrittenRun build() {
    var run = new WrittenRun(RUN, BEGAN, 4, true, "speed-up 2.6 of mixed tasks is at least 2.0");
    run.task("schema", "migration", "Add orders to the schema");
    run.task("rates", "general", "Fetch exchange rates");
    run.task("usages", "search", "Find who uses the old cart");
    run.task("terms", "file_read", "Read the terms of payment");
    run.task("orders", "service_creation", "Order service", "schema");
    writes(run.task("payments", "service_creation", "Payment service", "schema", "terms"));
    writes(run.task("mail", "service_creation", "Mail service", "schema"));
    run.task("cart", "general", "Move to the new cart", "usages");
    run.task("test-orders", "testing", "Test the order service", "orders");
    run.task("test-pay", "testing", "Test <payments> & refunds", "payments", "rates");
    run.task("pages", "build", "Build the pages", "orders", "cart");
    run.task("deploy", "deployment", "Deploy to staging", "test-orders", "test-pay", "pages");
    run.task("announce", "general", "Write the announcement", "deploy");

    good(run, "schema", 0, 0.2, 41.3, 0.21);
    run.retried("rates", 1, 1, 0.2, 11.8, "overloaded, tried again");
    good(run, "usages", 2, 0.2, 28.4, 0.09);
    good(run, "terms", 3, 0.3, 17.2, 0.05);
    run.ended("rates", 2, 3, 19.4, 15.1).put("cost_usd", 0.08).put("tokens", 9100);
    good(run, "cart", 1, 28.8, 52.5, 0.34);
    good(run, "orders", 0, 41.8, 66.0, 0.52);
    good(run, "payments", 2, 41.9, 71.2, 0.61);
    good(run, "mail", 2, 113.5, 38.4, 0.27);
    good(run, "test-orders", 0, 108.1, 47.9, 0.18);
    good(run, "pages", 1, 108.2, 88.7, 0.23);
    run.ended("test-pay", 1, 3, 113.4, 101.2)
        .put("status", "failed")
        .put("failure", "exit")
        .put("exit_code", 1)
        .put("cost_usd", 0.31)
        .put("tokens", 33_480)
        .put(
            "output",
            "12 tests: 11 passed, 1 failed\nRefundTest > a part is refunded: 4.99 != 5.00\n")
        .put("error", "1 of 12 tests failed: a part is refunded");
    run.skipped("deploy", 214.6, "waits for test-pay, which failed");
    run.skipped("announce", 214.6, "waits for deploy, which was skipped");
    return run;
  }

  private static void writes(ObjectNode task) {
    task.putArray("resources").add("file:src/shared/money.ts");
  }

  private static void good(
      WrittenRun run, String task, int slot, double start, double seconds, double cost) {
    run.ended(task, 1, slot, start, seconds)
        .put("output", "Done.\n")
        .put("cost_usd", cost)
        .put("tokens", Math.round(cost * 100_000));
  }

  private static WrittenRun small() {
    var run =
        new WrittenRun(
            SMALL,
            BEGAN.minusSeconds(5400),
            3,
            true,
            "homogeneous: 3 tasks of type testing, speed-up 2.8");
    for (int i = 0; i < 3; i++) {
      String id = "suite-" + (i + 1);
      run.task(id, "testing", "Run test suite " + (i + 1));
      good(run, id, i, 0.2, 52 + 4.8 * i, 0.12);
    }
    return run;
  }

  private static WrittenRun chain() {
    var run =
        new WrittenRun(
            CHAIN,
            BEGAN.minusSeconds(9000),
            1,
            false,
            "every task waits for another: 3 waves of one task");
    run.task("explore", "search", "Explore the login");
    run.task("change", "general", "Change the login", "explore");
    run.task("check", "testing", "Test the login", "change");
    good(run, "explore", 0, 0.2, 20.1, 0.06);
    good(run, "change", 0, 20.5, 44.0, 0.31);
    good(run, "check", 0, 64.7, 30.1, 0.10);
    return run;
  }

  private static ObjectNode statistics() {
    ObjectNode node =
        Json.object()
            .put("total_parallel_executions", 61)
            .put("total_tasks_parallelized", 402)
            .put("average_speedup", 2.43)
            .put("total_time_saved_minutes", 514.2)
            .put("temp_skills_created", 7)
            .put("temp_skills_kept", 3)
            .put("temp_agents_created", 2)
            .put("temp_agents_kept", 1)
            .put("merge_success_rate", 0.93)
            .put("failure_rate", 0.05)
            .put("parallel_execution_rate", 0.81);
    ObjectNode types = node.putObject("by_type");
    type(types, "testing", 140, 9, 5100, 14.2);
    type(types, "service_creation", 96, 4, 6480, 38.7);
    type(types, "search", 71, 0, 1400, 4.1);
    ObjectNode weeks = node.putObject("by_week");
    for (int i = 0; i < 10; i++) {
      int tasks = 24 + (i * 7) % 31;
      type(weeks, "2026-W" + (18 + i), tasks, (i * 5) % 4, tasks * 31, 2.1 + i % 4)
          .put("runs", 4 + i % 5)
          .put("average_speedup", 1.9 + (i * 3) % 7 / 5.0)
          .put("time_saved_minutes", 31 + (i * 17) % 43);
    }
    return node;
  }

  private static ObjectNode type(
      ObjectNode all, String name, int tasks, int failed, int seconds, double cost) {
    return all.putObject(name)
        .put("tasks", tasks)
        .put("failed", failed)
        .put("seconds", seconds)
        .put("cost_usd", cost);
  }
}

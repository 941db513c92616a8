package dev.braid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** {@code braid logs} of runs and tasks. */
@Execution(ExecutionMode.CONCURRENT)
class LogsIT {
  @RegisterExtension final TempRoot root = new TempRoot();

  private static final String ONE_TASK = "[{'id':'a','command':'true'}]";

  private WrittenRun endedRun() throws IOException {
    return WrittenRun.of(root.path(), 1, ONE_TASK)
        .with(
            WrittenRun.OWNED,
            WrittenRun.starting("a", 1, 0, 1),
            WrittenRun.ended("a", "success", 3, ""),
            WrittenRun.FINISHED);
  }

  private static Path stdout(WrittenRun run) throws IOException {
    return Files.createDirectories(run.folder().path().resolve("tasks/a/attempt-1"))
        .resolve("stdout");
  }

  /** A task that prints, waits for a file, fails, and succeeds when it is tried again. */
  private BraidProcess startFlaky() throws IOException {
    root.write(
        "flaky.json",
        TaskDocument.of(
            TaskDocument.command(
                    "t",
                    "echo begun; echo careful >&2; while ! test -e go; do sleep 0.05; done;"
                        + " test -e ok && echo well || { touch ok; echo broken; exit 3; }")
                .put("max_retries", 2)));
    BraidProcess run = root.start("run", "flaky.json");
    String id = root.awaitRunId();
    Eventually.holds("it prints", () -> root.run("logs", id, "t").out().contains("careful"));
    return run;
  }

  @Test
  void a_task_is_followed_through_its_attempts_to_its_end() throws IOException {
    BraidProcess run = startFlaky();
    BraidProcess logs = root.start("logs", "-f", root.runId(), "t");
    Eventually.holds("it is followed", () -> logs.out().contains("stderr: careful"));

    root.write("go", "");
    List<String> lines =
        logs.await()
            .expectExit(0)
            .out()
            .lines()
            .map(line -> line.replaceFirst("^== \\S+ \\S+ +", "== "))
            .toList();

    assertThat(lines)
        .startsWith("== started, attempt 1, slot 0", "begun", "stderr: careful", "broken")
        .contains("== started, attempt 2, slot 0", "well");
    assertThat(lines.get(4)).startsWith("== attempt 1 failed after ").contains("status 3");
    assertThat(lines.getLast()).startsWith("== success after ");
    run.await().expectExit(0);
  }

  @Test
  void a_run_is_followed_to_its_end() throws IOException {
    BraidProcess run = startFlaky();
    BraidProcess logs = root.start("logs", "--follow", root.runId());
    Eventually.holds("it is followed", () -> logs.out().contains("started, attempt 1"));

    root.write("go", "");

    assertThat(logs.await().expectExit(0).out())
        .contains("owned by ", "  t  attempt 1 failed after ", "  t  success after ")
        .contains("the run ended after ");
    run.await().expectExit(0);
  }

  @Test
  void ctrl_c_ends_following_and_nothing_else() throws IOException {
    BraidProcess run = startFlaky();
    BraidProcess logs = root.start("logs", "-f", root.runId());
    Eventually.holds("it is followed", () -> logs.out().contains("started"));

    logs.signal("INT");
    Ended ended = logs.await();

    assertThat(ended.exit()).isEqualTo(130);
    assertThat(ended.err()).isEmpty();
    assertThat(run.isAlive()).isTrue();
    root.write("go", "");
    run.await().expectExit(0);
  }

  @Test
  void a_run_that_nobody_owns_is_not_waited_for() throws IOException {
    WrittenRun run =
        WrittenRun.of(root.path(), 1, ONE_TASK)
            .with(WrittenRun.OWNED, WrittenRun.starting("a", 1, 0, 1));

    Ended ended = root.run("logs", "-f", run.id().value()).expectExit(69);

    assertThat(ended.out()).contains("owned by a test", "a  started");
    assertThat(ended.errorLines()).singleElement().asString().contains("braid resume");
  }

  @Test
  void the_last_lines_are_shown_and_how_many_are_before() throws IOException {
    String id = endedRun().id().value();

    assertThat(root.run("logs", id, "--lines", "2").expectExit(0).out().lines())
        .hasSize(3)
        .first()
        .isEqualTo("[... 2 lines before; show more with --lines]");
  }

  @Test
  void ten_gigabytes_with_rubbish_are_shown_from_their_end_and_harm_nobody() throws IOException {
    WrittenRun run = endedRun();
    try (var sparse = new RandomAccessFile(stdout(run).toFile(), "rw")) {
      sparse.setLength(10L << 30);
    }
    Files.write(
        stdout(run),
        ("\n\u001b]0;title\u0007\u001b[2Jred\u202e\n" + "x".repeat(100_000) + "\n\ufffd\nlast")
            .getBytes(StandardCharsets.UTF_8),
        StandardOpenOption.APPEND);

    Ended ended = root.run("logs", run.id().value(), "a").expectExit(0);

    assertThat(ended.out())
        .contains("bytes of stdout before]", "]0;title [2Jred", "\nlast\n")
        .doesNotContain("\u001b", "\u202e");
    assertThat(ended.out().lines()).allSatisfy(line -> assertThat(line.length()).isLessThan(2_100));
  }

  @Test
  void a_stream_of_claude_is_shown_as_a_conversation() throws IOException {
    WrittenRun run =
        WrittenRun.of(root.path(), 1, "[{'id':'a','prompt':'Do it.'}]")
            .with(
                WrittenRun.OWNED,
                WrittenRun.starting("a", 1, 0, 1),
                WrittenRun.ended("a", "success", 3, ",'cost_usd':0.5"),
                WrittenRun.FINISHED);
    try (var recorded = LogsIT.class.getResourceAsStream("/headless/stream.jsonl")) {
      Files.write(stdout(run), Objects.requireNonNull(recorded).readAllBytes());
    }
    Files.writeString(stdout(run), "rubbish {\n", StandardOpenOption.APPEND);

    assertThat(root.run("logs", run.id().value(), "a").expectExit(0).out())
        .contains("begins: Claude Code", "\nthinking aloud\nBash: echo hi\n", "\nrubbish {\n")
        .contains("result: completed, 3 turns", "success after 2.5 s, $0.50")
        .doesNotContain("\"type\"");
  }

  @Test
  void a_task_that_was_skipped_says_why_and_one_that_is_not_there_is_refused() throws IOException {
    WrittenRun run =
        WrittenRun.of(root.path(), 1, ONE_TASK)
            .with(
                WrittenRun.OWNED,
                WrittenRun.ended(
                    "a", "skipped", 3, ",'attempts':0,'error':'waits for b, which failed'"),
                WrittenRun.FINISHED);

    assertThat(root.run("logs", run.id().value(), "a").expectExit(0).out())
        .contains("skipped, dependency: waits for b, which failed");
    root.run("logs", run.id().value(), "z").expectRefusal(65);
    root.run("logs", "nothing").expectRefusal(65);
  }
}

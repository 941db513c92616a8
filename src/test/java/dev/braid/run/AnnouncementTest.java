package dev.braid.run;

import static dev.braid.run.EngineLab.command;
import static dev.braid.run.EngineLab.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.braid.config.Setting;
import dev.braid.plan.TaskDraft;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnnouncementTest {
  /** Writes each of its arguments as a line. */
  private static final String TELLS = "#!/bin/sh\nprintf '%s\\n' \"$@\" >>\"${0%/*}/told\"\n";

  private static final Duration LONG = Duration.ofSeconds(61);

  @TempDir Path folder;
  private EngineLab lab;
  private Path bin;

  @BeforeEach
  void open() throws IOException {
    lab = new EngineLab(folder, 4);
    bin = Files.createDirectory(folder.resolve("bin"));
    lab.with("PATH", bin.toString());
    lab.with("DISPLAY", ":0");
  }

  @AfterEach
  void close() {
    lab.close();
  }

  private void install(String program, String text) throws IOException {
    Path file = Files.writeString(bin.resolve(program), text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }

  private String told() throws IOException {
    Path file = bin.resolve("told");
    return Files.exists(file) ? Files.readString(file) : "";
  }

  /** A run of one task that takes so long. */
  private RunOutcome run(TaskDraft task, Duration time, int exit) throws Exception {
    String id = task.build().id().value();
    RunHandle run = lab.start(1, task);
    lab.awaitRunning(id);
    lab.processes().pass(time);
    lab.processes().exit(id, exit);
    return outcome(run);
  }

  @Test
  void the_desktop_tells_how_a_long_run_ended() throws Exception {
    install("notify-send", TELLS);

    RunOutcome good = run(command("a"), LONG, 0);
    RunOutcome bad = run(command("a"), LONG, 1);

    assertThat(told())
        .isEqualTo(
            """
            --app-name=Braid
            --
            Braid: run %s succeeded
            1 of 1 tasks succeeded in 1 min 01 s, in work
            --app-name=Braid
            --
            Braid: run %s failed
            0 of 1 tasks succeeded in 1 min 01 s, in work
            """
                .formatted(good.file().id().shortForm(), bad.file().id().shortForm()));
  }

  @Test
  void of_a_run_of_no_more_than_a_minute_nothing_is_told() throws Exception {
    install("notify-send", TELLS);

    run(command("a"), Duration.ofSeconds(60), 0);

    assertThat(told()).isEmpty();
  }

  @Test
  void without_a_desktop_nothing_is_told_and_nothing_is_wrong() throws Exception {
    run(command("a"), LONG, 0);
    install("notify-send", TELLS);
    lab.with("DISPLAY", "");
    run(command("a"), LONG, 0);

    assertThat(told()).isEmpty();
    assertThat(lab.logged()).noneMatch(line -> line.startsWith("WARN"));
  }

  @Test
  void a_person_may_want_no_announcements() throws Exception {
    install("notify-send", TELLS);
    lab.set(Setting.NOTIFY, TextNode.valueOf("off"));

    run(command("a"), LONG, 0);

    assertThat(told()).isEmpty();
  }

  @Test
  void macs_get_the_words_as_arguments_of_a_script() throws Exception {
    install("osascript", TELLS);
    lab.with("DISPLAY", "");

    RunOutcome outcome = run(command("a"), LONG, 0);

    assertThat(told())
        .startsWith("-e\non run argv\n")
        .endsWith(
            "1 of 1 tasks succeeded in 1 min 01 s, in work\nBraid: run %s succeeded\n"
                .formatted(outcome.file().id().shortForm()));
  }

  @Test
  void a_command_of_the_persons_own_finds_the_facts_in_its_environment() throws Exception {
    lab.set(
        Setting.NOTIFY,
        TextNode.valueOf(
            "printf '%s|' \"$BRAID_RUN_ID\" \"$BRAID_STATUS\" \"$BRAID_SUMMARY\""
                + " \"$BRAID_SECONDS\" \"$BRAID_FOLDER\" \"$MINE\" >\"$TMPDIR/told\""));
    lab.with("MINE", "$(touch bad)");

    RunOutcome outcome = run(command("a"), LONG, 0);

    assertThat(lab.work().resolve("told"))
        .hasContent(
            "%s|success|1 of 1 tasks succeeded in 1 min 01 s|61|%s|$(touch bad)|"
                .formatted(outcome.file().id(), lab.work()));
  }

  @Test
  void the_name_of_a_folder_is_no_markup() throws Exception {
    install("notify-send", TELLS);
    Path strange = Files.createDirectory(folder.resolve("<b>&\n-x"));
    RunOutcome outcome = run(command("a"), Duration.ZERO, 0);
    RunFile file = outcome.file();
    var moved =
        new RunFile(
            file.id(),
            file.created(),
            file.tasks(),
            strange,
            file.decision(),
            file.options(),
            file.environmentFile(),
            file.temporaryFolder(),
            null,
            null);

    Announcement announcement =
        Announcement.of(
                RunOutcome.of(
                    moved,
                    Engine.graph(moved),
                    outcome.results(),
                    false,
                    outcome.kept(),
                    outcome.resources(),
                    /* wallSeconds= */ 61),
                Map.of("PATH", bin.toString(), "WAYLAND_DISPLAY", "wayland-0"))
            .orElseThrow();

    assertThat(announcement.command()).last().asString().endsWith(", in &lt;b&gt;&amp; -x");
  }

  @Test
  void one_that_does_not_work_is_a_line_in_the_log() throws Exception {
    install("notify-send", "#!/bin/sh\necho 'no bus' >&2\nexit 7\n");

    RunOutcome outcome = run(command("a"), LONG, 0);

    assertThat(outcome.isGood()).isTrue();
    assertThat(lab.logged())
        .anyMatch(line ->
            line.startsWith("WARN")
                && line.contains("its end is not announced: ")
                && line.contains("exit status 7 no bus"));
  }

  @Test
  void an_end_that_an_owner_before_reached_is_not_told_again() throws Exception {
    install("notify-send", TELLS);
    RunId id = run(command("a"), LONG, 0).file().id();
    String once = told();
    lab.replaceEngine(4);

    Takeover takeover = lab.engine().takeUp(id, Map.of(), RunListener.SILENT);

    assertThat(takeover).isInstanceOf(Takeover.Finished.class);
    assertThat(told()).isEqualTo(once).isNotEmpty();
  }
}

package dev.braid.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.process.Trace.Exited;
import dev.braid.process.Trace.Lost;
import dev.braid.process.Trace.NeverRan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an engine finds of an attempt that it may not have seen run. */
class InspectionTest {
  @TempDir Path folder;
  private ProcessLab lab;

  @BeforeEach
  void open() throws IOException {
    lab = new ProcessLab(folder, Spawner.ofThisSystem());
  }

  @AfterEach
  void close() {
    lab.close();
  }

  @Test
  void an_attempt_that_was_inspected_before_it_began_never_runs() {
    assertThat(lab.inspect()).isInstanceOf(NeverRan.class);

    assertThat(lab.processes().spawn(lab.launch("echo >ran"), lab.nonce()))
        .isInstanceOf(Spawned.Fenced.class);
    assertThat(lab.exists("ran")).isFalse();
    assertThat(lab.inspect()).isInstanceOf(NeverRan.class);
  }

  @Test
  void an_attempt_without_a_folder_is_fenced_too() throws IOException {
    Files.delete(lab.folder().path());

    assertThat(lab.inspect()).isInstanceOf(NeverRan.class);
    assertThat(lab.processes().spawn(lab.launch("echo >ran"), lab.nonce()))
        .isInstanceOf(Spawned.Fenced.class);
  }

  @Test
  void an_attempt_whose_identity_was_cut_short_never_ran() throws IOException {
    Files.writeString(lab.folder().identity(), "{\"pid\":1");

    assertThat(lab.inspect()).isInstanceOf(NeverRan.class);
  }

  @Test
  void one_that_runs_is_alive_under_the_pid_of_its_wrapper() {
    Spawned.Waiting child = lab.start("sleep 300");

    assertThat(lab.inspect())
        .isInstanceOfSatisfying(
            Trace.Alive.class, alive -> assertThat(alive.identity().pid()).isEqualTo(child.pid()));
  }

  @Test
  void one_whose_wrapper_was_killed_is_lost() {
    Spawned.Waiting child = lab.start("sleep 300");
    ProcessHandle.of(child.pid()).ifPresent(ProcessHandle::destroyForcibly);

    child.awaitExit();

    assertThat(lab.inspect()).isInstanceOf(Lost.class);
  }

  @Test
  void a_status_cut_short_does_not_count() throws IOException {
    lab.run("exit 3");
    Files.writeString(lab.folder().exit(), "3");

    assertThat(lab.inspect()).isInstanceOf(Lost.class);
  }

  @Test
  void a_damaged_status_does_not_count() throws IOException {
    lab.run("exit 3");
    Files.writeString(lab.folder().exit(), "\0\0\n");

    assertThat(lab.inspect()).isInstanceOf(Lost.class);
  }

  @Test
  void the_times_of_one_that_ended_are_those_of_its_files() throws IOException {
    lab.run("exit 3");

    assertThat(lab.inspect())
        .isInstanceOfSatisfying(
            Exited.class,
            exited -> {
              assertThat(exited.code()).isEqualTo(3);
              assertThat(Duration.between(exited.since(), exited.at()).isNegative()).isFalse();
            });
  }

  @Test
  void one_that_left_its_status_ended_though_its_identity_was_lost() throws IOException {
    Files.writeString(lab.folder().identity(), "");
    Files.writeString(lab.folder().exit(), "3\n");

    assertThat(lab.inspect())
        .isInstanceOfSatisfying(Exited.class, exited -> assertThat(exited.code()).isEqualTo(3));
  }

  @Test
  void one_that_printed_something_ran_though_its_identity_was_lost() throws IOException {
    Files.writeString(lab.folder().identity(), "{\"pid\":1");
    Files.writeString(lab.folder().stdout(), "begun\n");

    assertThat(lab.inspect()).isInstanceOf(Lost.class);
  }
}

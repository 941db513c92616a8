package dev.braid.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class EndingTest {
  private static final Duration LONG_GRACE = Duration.ofSeconds(20);
  private static final Duration SHORT_GRACE = Duration.ofMillis(300);

  /** What KILL and looking may take on a busy machine. */
  private static final Duration MARGIN = Duration.ofSeconds(10);

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

  private static Duration since(long began) {
    return Duration.ofNanos(System.nanoTime() - began);
  }

  @Test
  void a_task_is_ended_with_its_children_and_its_wrapper_says_how() {
    Spawned.Waiting child = lab.start("sleep 300 & echo $! >pid; wait $!");
    long grandchild = lab.awaitNumber("pid");
    long began = System.nanoTime();

    int left = lab.end(LONG_GRACE);
    child.awaitExit();

    assertThat(left).isZero();
    assertThat(since(began)).isLessThan(LONG_GRACE);
    assertThat(lab.lives(grandchild)).isFalse();
    assertThat(lab.inspect())
        .isInstanceOfSatisfying(
            Trace.Exited.class, exited -> assertThat(exited.code()).isEqualTo(143));
  }

  @Test
  void a_daemon_that_left_tree_and_session_is_ended() throws IOException {
    Spawned.Waiting child = lab.start("(setsid sh -c 'echo $$ >pid; exec sleep 300' &) ; exit 0");
    long daemon = lab.awaitNumber("pid");
    child.awaitExit();
    assertThat(lab.lives(daemon)).isTrue();

    assertThat(lab.end(LONG_GRACE)).isZero();

    assertThat(lab.lives(daemon)).isFalse();
  }

  @Test
  void a_child_that_cleared_its_environment_is_ended_with_the_session() {
    Spawned.Waiting child =
        lab.start("env -i /bin/sh -c 'echo $$ >pid; exec sleep 300' & sleep 300");
    long bare = lab.awaitNumber("pid");

    assertThat(lab.end(LONG_GRACE)).isZero();
    child.awaitExit();

    assertThat(lab.lives(bare)).isFalse();
  }

  @Test
  void what_the_wrapper_left_behind_in_its_session_is_ended() {
    Spawned.Waiting child =
        lab.start(
            "(env -i /bin/sh -c 'echo $$ >pid; exec sleep 300' &); "
                + "while ! [ -s pid ]; do sleep 0.01; done; exit 1");
    long bare = lab.awaitNumber("pid");
    child.awaitExit();
    try {
      assertThat(lab.end(LONG_GRACE)).isZero();

      assertThat(lab.lives(bare)).isFalse();
    } finally {
      ProcessHandle.of(bare).ifPresent(ProcessHandle::destroyForcibly);
    }
  }

  @Test
  void one_that_ignores_term_is_killed_when_its_grace_is_over() {
    Spawned.Waiting child = lab.start("trap '' TERM; echo $$ >pid; while :; do sleep 0.1; done");
    long stubborn = lab.awaitNumber("pid");
    long began = System.nanoTime();

    int left = lab.end(SHORT_GRACE);
    Duration took = since(began);
    child.awaitExit();

    assertThat(left).isZero();
    assertThat(took).isBetween(SHORT_GRACE, SHORT_GRACE.plus(MARGIN));
    assertThat(lab.lives(stubborn)).isFalse();
  }

  @Test
  void one_that_starts_others_while_it_is_ended_leaves_none() {
    Spawned.Waiting child =
        lab.start("trap 'sleep 300 & echo $! >pid' TERM; echo $$ >ready; while :; do wait; done");
    lab.awaitNumber("ready");

    int left = lab.end(SHORT_GRACE);
    child.awaitExit();

    assertThat(left).isZero();
    assertThat(lab.lives(lab.awaitNumber("pid"))).isFalse();
  }

  @Test
  void another_attempt_is_left_alone(@TempDir Path elsewhere) throws IOException {
    try (var other = new ProcessLab(elsewhere, Spawner.ofThisSystem())) {
      other.start("echo $$ >pid; exec sleep 300");
      long bystander = other.awaitNumber("pid");
      lab.start("echo $$ >pid; exec sleep 300");
      lab.awaitNumber("pid");

      assertThat(lab.end(LONG_GRACE)).isZero();

      assertThat(other.lives(bystander)).isTrue();
      assertThat(other.inspect()).isInstanceOf(Trace.Alive.class);
    }
  }

  @Test
  void all_that_carry_a_mark_are_ended() {
    Spawned.Waiting child = lab.start("(setsid sh -c 'echo $$ >pid; exec sleep 300' &) ; exit 0");
    long daemon = lab.awaitNumber("pid");
    child.awaitExit();

    int left = lab.processes().endAllStartedWith(Processes.NONCE + "=" + lab.nonce(), LONG_GRACE);

    assertThat(left).isZero();
    assertThat(lab.lives(daemon)).isFalse();
  }

  @Test
  void a_mark_is_compared_whole() {
    lab.start("echo $$ >pid; exec sleep 300");
    long bystander = lab.awaitNumber("pid");
    String shorter = lab.nonce().substring(1);

    lab.processes().endAllStartedWith(Processes.NONCE + "=" + lab.nonce() + "x", LONG_GRACE);
    lab.processes().endAllStartedWith(shorter, LONG_GRACE);

    assertThat(lab.lives(bystander)).isTrue();
  }

  @Test
  void ending_what_never_began_does_nothing() throws IOException {
    assertThat(lab.end(LONG_GRACE)).isZero();

    Files.writeString(lab.folder().identity(), Wrapper.fence());
    assertThat(lab.end(LONG_GRACE)).isZero();
  }
}

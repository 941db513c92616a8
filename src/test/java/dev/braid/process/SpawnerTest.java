package dev.braid.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds for both ways to spawn. */
class SpawnerTest {
  /** The ways this system may offer. */
  enum Way {
    POSIX,
    PORTABLE;

    ProcessLab lab(Path folder) throws IOException {
      assumeTrue(this != POSIX || PosixSpawn.isThere());
      Spawner spawner =
          switch (this) {
            case POSIX -> new PosixSpawn();
            case PORTABLE -> new PortableSpawn();
          };
      return new ProcessLab(folder, spawner);
    }
  }

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void what_it_prints_goes_into_its_files_and_its_status_too(Way way) throws IOException {
    try (ProcessLab lab = way.lab(folder)) {
      assertThat(lab.run("echo out; echo err >&2; exit 7")).isEqualTo("out\n");

      assertThat(lab.folder().stderr()).hasContent("err\n");
      assertThat(lab.inspect())
          .isInstanceOfSatisfying(
              Trace.Exited.class, exited -> assertThat(exited.code()).isEqualTo(7));
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_task_that_a_signal_ends_exits_with_128_and_the_signal(Way way) throws IOException {
    try (ProcessLab lab = way.lab(folder)) {
      lab.run("kill -9 $$");

      assertThat(lab.inspect())
          .isInstanceOfSatisfying(
              Trace.Exited.class, exited -> assertThat(exited.code()).isEqualTo(137));
    }
  }

  @ParameterizedTest
  @EnumSource
  @EnabledOnOs(OS.LINUX)
  void it_leads_a_session_of_its_own(Way way) throws IOException {
    try (ProcessLab lab = way.lab(folder)) {
      Spawned.Waiting child = lab.start("cut -d ' ' -f 6 /proc/self/stat");
      child.awaitExit();

      assertThat(lab.folder().stdout()).hasContent(child.pid() + "\n");
    }
  }

  @ParameterizedTest
  @EnumSource
  @EnabledOnOs(OS.LINUX)
  void it_inherits_no_descriptor_but_its_three(Way way) throws IOException {
    try (ProcessLab lab = way.lab(folder);
        var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var channel =
            FileChannel.open(
                folder.resolve("open-here"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      assertThat(socket.isBound()).isTrue();
      assertThat(channel.isOpen()).isTrue();

      // The one that ls has of the folder it lists is its own.
      String listed = lab.run("ls -l /proc/self/fd | sed -n 's/.* \\([0-9]* -> .*\\)/\\1/p'");

      assertThat(listed.lines())
          .hasSize(4)
          .satisfiesExactly(
              input -> assertThat(input).isEqualTo("0 -> /dev/null"),
              output -> assertThat(output).startsWith("1 -> pipe:"),
              errors -> assertThat(errors).isEqualTo("2 -> " + lab.folder().stderr()),
              own -> assertThat(own).startsWith("3 -> /proc/"));
    }
  }

  @ParameterizedTest
  @EnumSource
  @EnabledOnOs(OS.LINUX)
  void it_starts_with_no_signal_ignored_or_blocked(Way way) throws IOException {
    try (ProcessLab lab = way.lab(folder)) {
      // Of 64 signals the first 31 have names; two of the others belong to the C library.
      assertThat(lab.run("grep -E 'Sig(Ign|Blk)' /proc/self/status").lines())
          .hasSize(2)
          .allMatch(line -> line.matches("Sig...:\\t[0-9a-f]{8}[08]0000000"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void it_has_the_environment_it_was_given_and_no_other(Way way) throws IOException {
    try (ProcessLab lab = way.lab(folder)) {
      Launch plain = lab.launch("echo \"$GIVEN/${HOME-no home}\"");
      var environment = new HashMap<String, String>(plain.environment());
      environment.put("GIVEN", "this = \u00fc");
      var launch =
          new Launch(plain.folder(), plain.command(), plain.cwd(), plain.input(), environment);

      assertThat(lab.run(launch)).isEqualTo("this = \u00fc/no home\n");
    }
  }

  @ParameterizedTest
  @EnumSource
  void it_starts_in_its_folder_and_reads_its_input(Way way) throws IOException {
    Path input = Files.writeString(folder.resolve("input"), "what it is told\n");
    Path cwd = Files.createDirectory(folder.resolve("a folder")).toRealPath();
    try (ProcessLab lab = way.lab(folder)) {
      Launch plain = lab.launch("cat; pwd");
      var launch = new Launch(plain.folder(), plain.command(), cwd, input, plain.environment());

      assertThat(lab.run(launch)).isEqualTo("what it is told\n" + cwd + "\n");
    }
  }

  @ParameterizedTest
  @EnumSource
  void one_that_is_dismissed_leaves_without_running(Way way) throws IOException {
    try (ProcessLab lab = way.lab(folder)) {
      Spawned.Waiting child = lab.spawn(lab.launch("echo >ran"));

      child.dismiss();
      child.awaitExit();

      assertThat(lab.exists("ran")).isFalse();
      assertThat(lab.inspect()).isInstanceOf(Trace.NeverRan.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  void one_that_waits_for_its_go_does_not_run(Way way) throws IOException {
    try (ProcessLab lab = way.lab(folder)) {
      Spawned.Waiting child = lab.spawn(lab.launch("echo >ran"));

      assertThat(lab.inspect()).isInstanceOf(Trace.Alive.class);
      assertThat(lab.exists("ran")).isFalse();

      child.go();
      child.awaitExit();
      assertThat(lab.exists("ran")).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  @EnabledOnOs(OS.LINUX)
  void no_zombie_is_left_of_one_that_was_awaited(Way way) throws IOException {
    try (ProcessLab lab = way.lab(folder)) {
      Spawned.Waiting child = lab.start("true");

      child.awaitExit();

      assertThat(Path.of("/proc", Long.toString(child.pid()))).doesNotExist();
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_folder_that_is_not_there_is_said_in_words(Way way) throws IOException {
    try (ProcessLab lab = way.lab(folder)) {
      Launch plain = lab.launch("true");
      Path missing = folder.resolve("missing");
      var launch =
          new Launch(plain.folder(), plain.command(), missing, plain.input(), plain.environment());

      assertThat(lab.processes().spawn(launch, lab.nonce()))
          .isEqualTo(
              new Spawned.Failed(
                  "cannot start in the folder " + missing + ": there is no such folder", false));
    }
  }
}

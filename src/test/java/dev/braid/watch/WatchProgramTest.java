package dev.braid.watch;

import static dev.braid.watch.WatchLab.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A watch within the limits of a real system. */
@EnabledOnOs(OS.LINUX)
class WatchProgramTest {
  private static final Path QUEUE_LIMIT = Path.of("/proc/sys/fs/inotify/max_queued_events");

  /** A queue longer than that is not worth its time to fill. */
  private static final int LONGEST_QUEUE = 50_000;

  /** So that no folder has more events than the JDK keeps of one. */
  private static final int FOLDERS = 200;

  private static final String FEW_WATCHES = "max_inotify_watches";
  private static final String FEW_INSTANCES = "max_inotify_instances";

  @TempDir Path folder;
  private Path root;

  @BeforeEach
  void make() throws IOException {
    root = Files.createDirectory(folder.resolve("root"));
  }

  private WatchProgram start(List<String> before, String... options) throws IOException {
    return WatchProgram.start(folder.resolve("output"), before, List.of(options), root);
  }

  /**
   * A command before another that limits it: in a user namespace root may set limits for itself.
   */
  private static List<String> limited(String what, int limit) throws Exception {
    String script = "echo " + limit + " >/proc/sys/user/" + what + " && exec \"$@\"";
    List<String> before = List.of("unshare", "-U", "-r", "sh", "-c", script, "sh");
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/unshare")), "there is no unshare");
    var probe = new ArrayList<String>(before);
    probe.add("true");
    assumeTrue(new ProcessBuilder(probe).start().waitFor() == 0, "no user namespace can be made");
    return before;
  }

  /** By one read: such a file has nothing more to say to a second one. */
  private static int queueLimit() throws IOException {
    try (var input = Files.newInputStream(QUEUE_LIMIT)) {
      var bytes = new byte[20];
      int length = input.read(bytes);
      return Integer.parseInt(new String(bytes, 0, length, StandardCharsets.US_ASCII).strip());
    }
  }

  private static void signal(WatchProgram program, String name) throws Exception {
    var kill = new ProcessBuilder("kill", "-" + name, Long.toString(program.pid()));
    assertThat(kill.start().waitFor()).isZero();
  }

  @Test
  void no_class_of_jna_is_loaded() throws IOException {
    Path classes = folder.resolve("classes");
    try (WatchProgram program = start(List.of(), "-Xlog:class+load:file=" + classes)) {
      program.awaitMode(new Mode.Native());
      program.awaitLine(write(root.resolve("below/file")).toString());
    }

    assertThat(Files.readString(classes))
        .contains("io.methvin.watcher.DirectoryWatcher")
        .doesNotContain("com.sun.jna");
  }

  @Test
  void a_system_without_watches_is_polled() throws Exception {
    try (WatchProgram program = start(limited(FEW_WATCHES, 1))) {
      program.awaitMode(new Mode.Polling("User limit of inotify watches reached"));

      program.awaitLine(write(root.resolve("below/file")).toString());
    }
  }

  @Test
  void a_system_without_another_inotify_is_polled() throws Exception {
    try (WatchProgram program = start(limited(FEW_INSTANCES, 0))) {
      program.awaitMode(
          new Mode.Polling("User limit of inotify instances reached or too many open files"));

      program.awaitLine(write(root.resolve("below/file")).toString());
    }
  }

  @Test
  void a_system_that_runs_out_of_watches_is_polled_from_then_on() throws Exception {
    try (WatchProgram program = start(limited(FEW_WATCHES, FOLDERS / 2))) {
      program.awaitMode(new Mode.Native());
      for (int i = 0; i < FOLDERS; i++) {
        write(root.resolve("folder-" + i).resolve("file"));
      }

      program.awaitMode(new Mode.Polling("User limit of inotify watches reached"));
      program.awaitLine("everything");
      Path last = write(root.resolve("folder-" + (FOLDERS - 1)).resolve("last"));
      program.awaitLine(last.toString());
    }
  }

  @Test
  void a_queue_of_the_kernel_that_overflows_means_everything() throws Exception {
    int limit = queueLimit();
    assumeTrue(limit <= LONGEST_QUEUE, "the queue is too long");
    for (int i = 0; i < FOLDERS; i++) {
      Files.createDirectory(root.resolve("folder-" + i));
    }
    try (WatchProgram program = start(List.of())) {
      program.awaitMode(new Mode.Native());
      signal(program, "STOP");
      // Two events each, made and written: twice what the queue holds.
      for (int i = 0; i < limit; i++) {
        write(root.resolve("folder-" + i % FOLDERS).resolve("file-" + i));
      }
      write(root.resolve("lost/below/file"));
      signal(program, "CONT");

      program.awaitLine("everything");
      program.awaitLine(write(root.resolve("lost/below/later")).toString());
    }
  }
}

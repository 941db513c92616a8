package dev.braid.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pid alone names nobody: the kernel gives it to another process one day. */
class IdentityTest {
  private static final Duration GRACE = Duration.ofSeconds(2);

  @TempDir Path folder;
  private final ProcessTable table = ProcessTable.ofThisSystem();
  private ProcessLab lab;
  private Process bystander;
  private ProcessTable.Entry entry;

  @BeforeEach
  void begin() throws IOException {
    lab = new ProcessLab(folder, Spawner.ofThisSystem());
    bystander = new ProcessBuilder("sleep", "300").start();
    entry = Objects.requireNonNull(table.entry(bystander.pid()), "it runs");
  }

  @AfterEach
  void end() {
    bystander.destroyForcibly();
    lab.close();
  }

  private void writeIdentity(String startTime, String bootId) throws IOException {
    Files.writeString(
        lab.folder().identity(),
        Wrapper.text(new ProcessIdentity(bystander.pid(), startTime, bootId)));
  }

  @Test
  void the_same_pid_with_the_same_start_time_and_boot_is_the_same_process() throws IOException {
    writeIdentity(entry.startTime(), table.bootId());

    assertThat(lab.inspect()).isInstanceOf(Trace.Alive.class);
  }

  @Test
  void a_process_with_another_start_time_is_not_ours_and_is_not_signalled() throws IOException {
    writeIdentity("1" + entry.startTime(), table.bootId());

    assertThat(lab.inspect()).isInstanceOf(Trace.Lost.class);
    assertThat(lab.end(GRACE)).isZero();
    assertThat(bystander.isAlive()).isTrue();
  }

  @Test
  void a_process_of_another_boot_is_not_ours_and_is_not_signalled() throws IOException {
    writeIdentity(entry.startTime(), "another boot");

    assertThat(lab.inspect()).isInstanceOf(Trace.Lost.class);
    assertThat(lab.end(GRACE)).isZero();
    assertThat(bystander.isAlive()).isTrue();
  }

  @Test
  void a_pid_that_changed_hands_just_before_the_signal_is_not_signalled() {
    var stale = new ProcessTable.Entry(entry.pid(), 1, entry.pid(), "earlier");
    var fake = new FakeTable(stale, entry);
    var root = new ProcessIdentity(entry.pid(), "earlier", fake.bootId());

    int left = new Ending(fake, root, "NO=mark", null, _ -> false).run(GRACE);

    assertThat(left).isZero();
    assertThat(bystander.isAlive()).isTrue();
  }

  @Test
  void the_session_of_another_process_with_the_same_pid_is_not_signalled() {
    var leader = new ProcessTable.Entry(entry.pid(), 1, entry.pid(), entry.startTime());
    var fake = new FakeTable(leader, leader);
    var root = new ProcessIdentity(entry.pid(), "earlier", fake.bootId());

    int left = new Ending(fake, root, "NO=mark", null, _ -> false).run(GRACE);

    assertThat(left).isZero();
    assertThat(bystander.isAlive()).isTrue();
  }

  @Test
  void what_is_spared_is_not_signalled() {
    var fake = new FakeTable(entry, entry);
    var root = new ProcessIdentity(entry.pid(), entry.startTime(), fake.bootId());

    int left = new Ending(fake, root, "NO=mark", null, pid -> pid == entry.pid()).run(GRACE);

    assertThat(left).isZero();
    assertThat(bystander.isAlive()).isTrue();
  }

  /** Lists a process once; the one that has its pid when asked again may be another. */
  private static final class FakeTable implements ProcessTable {
    private final Queue<Entry> listed = new ArrayDeque<>();
    private final Entry now;

    FakeTable(Entry listed, Entry now) {
      this.listed.add(listed);
      this.now = now;
    }

    @Override
    public List<Entry> snapshot() {
      Entry next = listed.poll();
      return next == null ? List.of() : List.of(next);
    }

    @Override
    public @Nullable Entry entry(long pid) {
      return pid == now.pid() ? now : null;
    }

    @Override
    public boolean startedWith(long pid, String variable) {
      return false;
    }

    @Override
    public String bootId() {
      return "this boot";
    }
  }
}

package dev.braid.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/**
 * One attempt of the real operating system, in a folder of its own. Whatever it started is killed
 * when it is closed.
 */
final class ProcessLab implements AutoCloseable {
  /** Longer than anything here takes, also on a machine with other things to do. */
  static final Duration PATIENCE = Duration.ofSeconds(30);

  static final String PATH = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");

  private final ProcessTable table = ProcessTable.ofThisSystem();
  private final SystemProcesses processes;
  private final Path work;
  private final AttemptFolder folder;
  private final String nonce = UUID.randomUUID().toString();

  ProcessLab(Path work, Spawner spawner) throws IOException {
    this.processes = new SystemProcesses(table, spawner, null);
    this.work = work;
    this.folder = new AttemptFolder(Files.createDirectory(work.resolve("attempt-1")));
  }

  SystemProcesses processes() {
    return processes;
  }

  AttemptFolder folder() {
    return folder;
  }

  String nonce() {
    return nonce;
  }

  Launch launch(String shellLine) {
    return new Launch(
        folder,
        java.util.List.of("/bin/sh", "-c", shellLine),
        work,
        Path.of("/dev/null"),
        Map.of("PATH", PATH, Processes.NONCE, nonce));
  }

  Spawned.Waiting spawn(Launch launch) {
    Spawned spawned = processes.spawn(launch, nonce);
    assertThat(spawned).isInstanceOf(Spawned.Waiting.class);
    return (Spawned.Waiting) spawned;
  }

  /** Starts a shell line in the folder of work. */
  Spawned.Waiting start(String shellLine) {
    Spawned.Waiting child = spawn(launch(shellLine));
    child.go();
    return child;
  }

  /** Runs a shell line to its end and returns what it printed. */
  String run(String shellLine) throws IOException {
    return run(launch(shellLine));
  }

  String run(Launch launch) throws IOException {
    Spawned.Waiting child = spawn(launch);
    child.go();
    child.awaitExit();
    return Files.readString(folder.stdout());
  }

  Trace inspect() {
    return processes.inspect(folder, nonce);
  }

  int end(Duration grace) {
    return processes.end(folder, nonce, grace);
  }

  boolean lives(long pid) {
    return table.entry(pid) != null;
  }

  /** Waits for a file of that name that holds one whole line, a number. */
  long awaitNumber(String name) {
    Path file = work.resolve(name);
    await("the file " + name)
        .atMost(PATIENCE)
        .until(() -> Files.exists(file) && Files.readString(file).endsWith("\n"));
    try {
      return Long.parseLong(Files.readString(file).strip());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  void awaitGone(long pid) {
    await("the end of process " + pid).atMost(PATIENCE).until(() -> !lives(pid));
  }

  boolean exists(String name) {
    return Files.exists(work.resolve(name));
  }

  @Override
  public void close() {
    int _ = end(Duration.ZERO);
  }
}

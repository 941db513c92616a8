package dev.braid.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.braid.store.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The surroundings of one test: a root for Braid, a home, a folder for temporary files and one to
 * work in. At the end all that was started in it is killed and the folders are removed.
 */
public final class TempRoot implements AfterEachCallback, AutoCloseable {
  private static final Path NO_INPUT = Path.of("/dev/null");

  private final Path folder;
  private final Path root;
  private final Path work;
  private final Path temporary;
  private final Path outputs;
  private final Map<String, String> environment = new HashMap<>();

  public TempRoot() {
    try {
      folder = Files.createTempDirectory("braid-it-").toRealPath();
      root = folder.resolve("root");
      work = Files.createDirectory(folder.resolve("work"));
      temporary = Files.createDirectory(folder.resolve("tmp"));
      outputs = Files.createDirectory(folder.resolve("outputs"));
      environment.put("HOME", Files.createDirectory(folder.resolve("home")).toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    environment.put("PATH", System.getenv().getOrDefault("PATH", "/usr/bin:/bin"));
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("LANG", "C.UTF-8");
    environment.put("TMPDIR", temporary.toString());
    environment.put("CLAUDE_CONFIG_DIR", root.toString());
  }

  /** A variable of what is started. */
  public String variable(String name) {
    return environment.getOrDefault(name, "");
  }

  /** The folder of the project whose program is tested. */
  public static Path project() {
    return Path.of(System.getProperty("braid.home", "")).toAbsolutePath();
  }

  public static String program() {
    return project().resolve("bin/braid").toString();
  }

  /** Adds a variable to the environment of what is started from now on. */
  public TempRoot with(String name, String value) {
    environment.put(name, value);
    return this;
  }

  public Path path() {
    return root;
  }

  /** Where commands are called. */
  public Path work() {
    return work;
  }

  /** Where Braid and tasks may put temporary files. */
  public Path temporary() {
    return temporary;
  }

  public Path write(String name, String text) throws IOException {
    Path file = work.resolve(name);
    Files.createDirectories(file.resolveSibling("."));
    return Files.writeString(file, text);
  }

  /** The text of a file in the folder of work; empty when there is none. */
  public String read(String name) throws IOException {
    Path file = work.resolve(name);
    return Files.exists(file) ? Files.readString(file) : "";
  }

  public Path configFile() {
    return root.resolve("memory/config/parallel-execution-config.json");
  }

  public BraidProcess start(String... arguments) {
    return start(NO_INPUT, arguments);
  }

  public BraidProcess start(Path input, String... arguments) {
    return startCommand(work, input, program(), arguments);
  }

  /** Starts the program by another name or from another folder. */
  public BraidProcess startCommand(Path cwd, Path input, String program, String... arguments) {
    var command = new ArrayList<String>();
    command.add(program);
    command.addAll(List.of(arguments));
    return BraidProcess.start(command, environment, cwd, input, outputs);
  }

  public Ended run(String... arguments) {
    return start(arguments).await();
  }

  public Path results() {
    return root.resolve("memory/temp/parallel-results");
  }

  /** The folders of all runs, oldest first. */
  public List<Path> runFolders() throws IOException {
    if (!Files.isDirectory(results())) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(results())) {
      return files.filter(Files::isDirectory).sorted().toList();
    }
  }

  /** The folder of the only run. */
  public Path runFolder() throws IOException {
    List<Path> folders = runFolders();
    if (folders.size() != 1) {
      throw new AssertionError("not one run but " + folders);
    }
    return folders.getFirst();
  }

  public String runId() throws IOException {
    return String.valueOf(runFolder().getFileName());
  }

  /** Waits until the only run has begun. */
  public String awaitRunId() throws IOException {
    Eventually.holds(
        "a run began",
        () -> runFolders().stream().anyMatch(run -> Files.exists(run.resolve("journal.jsonl"))));
    return runId();
  }

  /** The result of a task of the only run, as its file says. */
  public JsonNode result(String task) throws IOException {
    return Ended.json(
        Files.readString(runFolder().resolve("tasks").resolve(task).resolve("result.json")));
  }

  @Override
  public void afterEach(ExtensionContext context) {
    close();
  }

  @Override
  public void close() {
    // A test may have moved the root, and a service knows no more than its home.
    kill("CLAUDE_CONFIG_DIR=" + root);
    kill("HOME=" + folder.resolve("home"));
    try {
      Trees.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void kill(String mark) {
    List<Long> left = LivingProcesses.startedWith(mark);
    while (!left.isEmpty()) {
      left.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
      left = LivingProcesses.startedWith(mark);
    }
  }
}

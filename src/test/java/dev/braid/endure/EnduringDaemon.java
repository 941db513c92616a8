package dev.braid.endure;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.cli.BraidProcess;
import dev.braid.cli.Ended;
import dev.braid.cli.Eventually;
import dev.braid.cli.LivingProcesses;
import dev.braid.cli.TaskDocument;
import dev.braid.cli.TempRoot;
import dev.braid.protocol.Endpoint;
import dev.braid.store.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A daemon that a test put under a limit, and what it uses of the machine. */
final class EnduringDaemon {
  private final TempRoot root;
  private final BraidProcess process;
  private final List<String> user;

  private EnduringDaemon(TempRoot root, BraidProcess process, List<String> user) {
    this.root = root;
    this.process = process;
    this.user = user;
  }

  /** Settings of a root: no limits but those of the machine. */
  static ObjectNode settings(int maxParallelTasks) {
    return Json.object()
        .put("max_parallel_tasks", maxParallelTasks)
        .put("min_free_memory_mb", 0)
        .put("max_run_budget_usd", 1000)
        .put("ramp_seconds", 0);
  }

  /**
   * Starts one and waits until it answers.
   *
   * @param before program and arguments that set the limit and become the daemon, as prlimit does
   */
  static EnduringDaemon start(TempRoot root, ObjectNode settings, String... before)
      throws IOException {
    return start(root, settings, List.of(), before);
  }

  /**
   * The same, of another user.
   *
   * @param user program and arguments that make another user of a command; may be empty
   */
  static EnduringDaemon start(
      TempRoot root, ObjectNode settings, List<String> user, String... before) throws IOException {
    Files.createDirectories(root.configFile().resolveSibling("."));
    Files.writeString(root.configFile(), Json.line(settings));
    var command = new ArrayList<>(user);
    command.addAll(List.of(before));
    command.addAll(List.of(TempRoot.program(), "daemon", "run"));
    BraidProcess process = process(root, command);
    // What it says last: until then it opens files that it cannot do without.
    Path log = root.path().resolve("memory/logs/parallel-execution.log");
    Eventually.holds(
        "the daemon is up",
        () ->
            !process.isAlive()
                || (Files.exists(log) && Files.readString(log).contains(" runs, version ")));
    if (!process.isAlive()) {
      throw new AssertionError("the daemon ended: " + process.err());
    }
    return new EnduringDaemon(root, process, user);
  }

  private static BraidProcess process(TempRoot root, List<String> command) {
    String[] arguments = command.subList(1, command.size()).toArray(String[]::new);
    return root.startCommand(root.work(), Path.of("/dev/null"), command.getFirst(), arguments);
  }

  /** Starts a program of the daemon's user. */
  BraidProcess process(String... command) {
    var line = new ArrayList<>(user);
    line.addAll(List.of(command));
    return process(root, line);
  }

  /** A command of the daemon's user. */
  Ended braid(String... arguments) {
    var line = new ArrayList<>(List.of(TempRoot.program()));
    line.addAll(List.of(arguments));
    return process(line.toArray(String[]::new)).await();
  }

  int port() throws IOException {
    return Endpoint.read(root.path().resolve("memory/run/braid/endpoint.json"))
        .orElseThrow()
        .port();
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return LivingProcesses.isAlive(process.pid());
  }

  void signal(String name) {
    process.signal(name);
  }

  /** That many tasks, each with what its number says. */
  static String tasks(int count, IntFunction<ObjectNode> task) {
    return TaskDocument.of(IntStream.range(0, count).mapToObj(task).toList());
  }

  /** A command that says that it started, once. */
  static ObjectNode command(int number, String then) {
    return TaskDocument.command("t" + number, "echo t" + number + " >>started; " + then);
  }

  /** All is as before: it answers, if not at once, and what is asked of it succeeds. */
  void goesOn() throws IOException {
    Eventually.holds(
        "the daemon answers",
        () ->
            !process.isAlive()
                || braid("status", "--json").json().at("/daemon/running").asBoolean());
    if (!process.isAlive()) {
      throw new AssertionError("the daemon ended: " + process.err());
    }
    root.write("after.json", tasks(3, i -> TaskDocument.command("after" + i, "true")));
    Ended ended = braid("run", "--force", "--json", "after.json").expectExit(0);
    String run = ended.json().path("run_id").asText();
    String journal = Files.readString(root.results().resolve(run).resolve("journal.jsonl"));
    if (!journal.contains("process " + pid())) {
      throw new AssertionError("the daemon did not run it: " + journal);
    }
  }

  int descriptors() throws IOException {
    return everythingOpen().size();
  }

  /**
   * What it has open but for the JVM's own event polls: it makes those for its virtual threads once
   * they first wait, one or five of them, and keeps them.
   */
  List<String> opened() throws IOException {
    return everythingOpen().stream().filter(target -> !target.endsWith("[eventpoll]")).toList();
  }

  private List<String> everythingOpen() throws IOException {
    var targets = new ArrayList<String>();
    try (Stream<Path> all = Files.list(Path.of("/proc/" + pid() + "/fd"))) {
      for (Path each : all.toList()) {
        try {
          targets.add(Files.readSymbolicLink(each).toString());
        } catch (NoSuchFileException _) {
          // It was closed meanwhile.
        }
      }
    }
    return targets;
  }

  int threads() throws IOException {
    return status("Threads:");
  }

  int rssMb() throws IOException {
    return status("VmRSS:") / 1024;
  }

  private int status(String name) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + pid() + "/status"))) {
      if (line.startsWith(name)) {
        return Integer.parseInt(line.replaceAll("\\D", ""));
      }
    }
    throw new AssertionError("no " + name);
  }
}

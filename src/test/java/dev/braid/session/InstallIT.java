package dev.braid.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.cli.BraidProcess;
import dev.braid.cli.Ended;
import dev.braid.cli.Eventually;
import dev.braid.cli.TaskDocument;
import dev.braid.cli.Thorough;
import dev.braid.dist.Release;
import dev.braid.store.Trees;
import dev.braid.worker.Answer;
import dev.braid.worker.Block;
import dev.braid.worker.ClaudeLab;
import dev.braid.worker.PromptTask;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A release is installed where no Java is, used, and taken away again. */
@Execution(ExecutionMode.CONCURRENT)
class InstallIT {
  private static final Path NO_INPUT = Path.of("/dev/null");
  private static final String PROMPT = "BUILD-THE-SHOP";

  /** What Claude Code itself makes below its folder when it is used. */
  private static final Set<String> OF_CLAUDE =
      Set.of(
          ".claude/projects",
          ".claude/sessions",
          ".claude/tasks",
          ".claude/todos",
          ".claude/shell-snapshots",
          ".claude/session-env",
          ".claude/backups",
          ".claude/cache",
          ".claude/plugins",
          ".claude/policy-limits.json",
          ".claude/.claude.json",
          ".claude/.last-cleanup",
          ".claude.json",
          ".cache/claude-cli-nodejs",
          ".cache");

  @RegisterExtension static final Release RELEASE = new Release();

  @RegisterExtension final ClaudeLab lab = new ClaudeLab();

  private Path home = NO_INPUT;

  /** Everything that is on the path, but Java. */
  @BeforeEach
  void hideJava() throws IOException {
    home = Path.of(lab.root().variable("HOME"));
    Path tools = Files.createDirectory(lab.root().path().resolveSibling("tools"));
    for (String folder : lab.root().variable("PATH").split(":", -1)) {
      if (Files.isDirectory(Path.of(folder))) {
        try (Stream<Path> programs = Files.list(Path.of(folder))) {
          for (Path program : programs.filter(Files::isExecutable).toList()) {
            String name = program.getFileName().toString();
            if (!name.matches("j(ava|link|cmd|shell|ar).*") && !Files.exists(tools.resolve(name))) {
              Files.createSymbolicLink(tools.resolve(name), program);
            }
          }
        }
      }
    }
    lab.root()
        .with("PATH", tools.toString())
        .with("JAVA_HOME", "")
        .with("CLAUDE_CONFIG_DIR", home.resolve(".claude").toString());
    Files.createDirectory(home.resolve(".claude"));
    Files.writeString(home.resolve(".claude/settings.json"), "{\n\t\"model\" : \"opus\"\n}");
  }

  private Ended script(Path release, String name, String... arguments) {
    return startScript(release, name, arguments).await();
  }

  private BraidProcess startScript(Path release, String name, String... arguments) {
    String program = release.resolve("install").resolve(name).toString();
    return lab.root().startCommand(lab.root().work(), NO_INPUT, program, arguments);
  }

  private Ended install() {
    return install(RELEASE.folder());
  }

  private Ended install(Path release) {
    return script(release, "install.sh", "--yes", "--no-demo");
  }

  private Ended braid(String... arguments) {
    String program = home.resolve(".local/bin/braid").toString();
    return lab.root().startCommand(lab.root().work(), NO_INPUT, program, arguments).await();
  }

  private Map<String, String> listing() throws IOException {
    var listing = new TreeMap<String, String>();
    Files.walkFileTree(
        home,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return OF_CLAUDE.contains(home.relativize(folder).toString())
                ? FileVisitResult.SKIP_SUBTREE
                : add(folder, "folder");
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            boolean isLink = attributes.isSymbolicLink();
            return OF_CLAUDE.contains(home.relativize(file).toString())
                ? FileVisitResult.CONTINUE
                : add(
                    file,
                    isLink
                        ? Files.readSymbolicLink(file).toString()
                        : Files.readString(file, StandardCharsets.ISO_8859_1));
          }

          private FileVisitResult add(Path path, String what) {
            listing.put(home.relativize(path).toString(), what);
            return FileVisitResult.CONTINUE;
          }
        });
    return listing;
  }

  @Test
  void installed_it_runs_a_session_side_by_side_and_uninstalled_it_leaves_nothing()
      throws IOException {
    for (String subject : SessionScript.SUBJECTS) {
      lab.stub()
          .when(request -> request.prompt().contains("WORK-" + subject))
          .answer(PromptTask.done("RESULT-OF-" + subject));
    }
    lab.stub()
        .when(request -> request.prompt().contains(PROMPT))
        .answer(
            Answer.blocks(
                SessionScript.SUBJECTS.stream()
                    .map(TaskTool::createParallel)
                    .toArray(Block[]::new)),
            Answer.blocks(TaskTool.begin(1)),
            Answer.text("I wait."),
            Answer.text("All is done."));
    // A worker that begins with the prompt of its task alone is told from the session.
    Path config = home.resolve(".claude/memory/config/parallel-execution-config.json");
    Files.createDirectories(config.getParent());
    Files.writeString(config, "{\"context\": \"fresh\", \"min_free_memory_mb\": 0}");
    Map<String, String> before = listing();

    Ended installed = install().expectExit(0);
    assertThat(installed.out()).contains("ok    hooks", "ok    hook port", "ok    daemon");
    Ended session = lab.startClaude(PROMPT, "-p", "--permission-mode", "acceptEdits").await();

    assertThat(session.expectExit(0).out()).contains("All is done.");
    assertThat(lab.stub().requestsAbout(PROMPT).getLast().conversation())
        .contains("4 of 4 tasks succeeded", "RESULT-OF-alpha", "RESULT-OF-delta");
    braid("doctor").expectExit(0);
    assertThat(braid("doctor", "--json").expectExit(0).json())
        .allSatisfy(check -> assertThat(check.path("health").asText()).isIn("good", "note"));
    Ended gone = braid("uninstall", "--yes", "--purge").expectExit(0);
    assertThat(gone.err()).contains("Braid is gone from");
    assertThat(listing()).isEqualTo(before);
  }

  @Test
  void data_stays_unless_it_is_to_be_purged() throws IOException {
    install().expectExit(0);
    lab.root().write("tasks.json", TaskDocument.of(TaskDocument.command("a", "echo kept")));
    braid("run", "--force", "tasks.json").expectExit(0);

    script(RELEASE.folder(), "uninstall.sh", "--yes").expectExit(0);

    assertThat(home.resolve(".claude/memory/temp/parallel-results/a.json"))
        .content()
        .contains("kept");
    assertThat(home.resolve(".local")).doesNotExist();
    assertThat(home.resolve(".claude/settings.json")).hasContent("{\n\t\"model\" : \"opus\"\n}");
  }

  @Test
  void installing_twice_changes_nothing() throws IOException {
    install().expectExit(0);
    Map<String, String> once = listing();
    once.keySet().removeIf(name -> name.contains("/memory/run/") || name.contains("/logs/"));

    install().expectExit(0);

    Map<String, String> twice = listing();
    twice.keySet().removeIf(name -> name.contains("/memory/run/") || name.contains("/logs/"));
    assertThat(twice).isEqualTo(once);
    assertThat(script(RELEASE.folder(), "install.sh", "--dry-run").expectExit(0).out())
        .isEqualTo("all is as it should be\n");
    braid("daemon", "stop").expectExit(0);
  }

  @Test
  void five_tasks_that_run_during_an_upgrade_all_finish() throws IOException {
    install().expectExit(0);
    Path go = lab.root().work().resolve("go");
    String task = "while ! [ -e '" + go + "' ]; do sleep 0.05; done; echo done-$BRAID_TASK_ID";
    lab.root()
        .write(
            "tasks.json",
            TaskDocument.of(
                IntStream.range(0, 5).mapToObj(i -> TaskDocument.command("t" + i, task)).toList()));
    String run = braid("run", "--force", "--detach", "tasks.json").expectExit(0).out().strip();
    Eventually.holds("all five run", () -> braid("status").out().contains("run ") && started(5));
    long before = daemon();

    try (Upgrade upgrade = new Upgrade()) {
      install(upgrade.folder).expectExit(0);

      assertThat(daemon()).isNotEqualTo(before);
      Files.createFile(go);
      braid("wait", run.split("\\s", 2)[0]).expectExit(0);
    }
    for (int i = 0; i < 5; i++) {
      Path result = home.resolve(".claude/memory/temp/parallel-results/t" + i + ".json");
      assertThat(result).content().contains("done-t" + i).containsPattern("\"attempts\" ?: ?1");
    }
    braid("daemon", "stop").expectExit(0);
  }

  @Test
  void the_status_line_of_the_person_is_shown_through_an_upgrade_and_comes_back()
      throws IOException {
    Path settings = home.resolve(".claude/settings.json");
    String own = "{\n\t\"statusLine\" : { \"command\": \"echo mine\" }\n}";
    Files.writeString(settings, own);
    script(RELEASE.folder(), "install.sh", "--yes", "--no-demo", "--no-service", "--statusline")
        .expectExit(0);
    String installed = Files.readString(settings);
    assertThat(shown()).isEqualTo("mine\n");

    try (Upgrade upgrade = new Upgrade()) {
      install(upgrade.folder).expectExit(0);
    }

    assertThat(settings).content().isEqualTo(installed);
    assertThat(shown()).isEqualTo("mine\n");
    Files.writeString(home.resolve(".claude/memory/config/parallel-execution-config.json"), "{");
    Eventually.holds("the problem is shown", () -> shown().contains("mine | braid: 1 problem"));
    braid("uninstall", "--yes", "--purge").expectExit(0);
    assertThat(settings).content().isEqualTo(own);
  }

  /** What the status line in the settings prints. */
  private String shown() throws IOException {
    Path settings = home.resolve(".claude/settings.json");
    String line = Ended.json(Files.readString(settings)).at("/statusLine/command").asText();
    return lab.root()
        .startCommand(lab.root().work(), NO_INPUT, "/bin/sh", "-c", line)
        .await()
        .expectExit(0)
        .out();
  }

  private boolean started(int tasks) throws IOException {
    try (Stream<Path> files = Files.walk(home.resolve(".claude/memory/temp/parallel-results"))) {
      return files.filter(file -> file.endsWith("process.json")).count() == tasks;
    }
  }

  private long daemon() {
    return braid("status", "--json").expectExit(0).json().at("/daemon/pid").asLong();
  }

  /** The same release, but another version of it. */
  private static final class Upgrade implements AutoCloseable {
    private final Path folder = Files.createTempDirectory("braid-upgrade").resolve("braid-2");

    private Upgrade() throws IOException {
      copy(RELEASE.folder(), folder);
      Path program = folder.resolve("bin/braid");
      Files.writeString(program, Files.readString(program) + "\n# Another version.\n");
    }

    private static void copy(Path from, Path to) throws IOException {
      try (Stream<Path> all = Files.walk(from)) {
        for (Path each : all.toList()) {
          Files.copy(each, to.resolve(from.relativize(each)), StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    }

    @Override
    public void close() throws IOException {
      Trees.delete(Objects.requireNonNull(folder.getParent()));
    }
  }

  @Test
  void interrupted_at_any_step_it_is_begun_again_and_leaves_nothing() throws IOException {
    Map<String, String> before = listing();
    var interrupted = new ArrayList<Integer>();
    for (int step = 1; ; step += Thorough.choose(5, 1)) {
      lab.root().with("JDK_JAVA_OPTIONS", "-Dbraid.fault=installing:" + step);
      Ended first = script(RELEASE.folder(), "install.sh", "--yes", "--no-demo", "--no-service");
      lab.root().with("JDK_JAVA_OPTIONS", "");
      if (first.exit() == 0) {
        break;
      }
      interrupted.add(step);
      // Some are gone on with, the others are taken back as they are.
      if (step % 3 == 0) {
        install().expectExit(0);
      }
      uninstallInterrupted(step);
      assertThat(listing()).as("after step %d", step).isEqualTo(before);
    }
    assertThat(interrupted).hasSizeGreaterThan(Thorough.choose(2, 12));
    braid("uninstall", "--yes", "--purge").expectExit(0);
    assertThat(listing()).isEqualTo(before);
  }

  /** Uninstalls with a kill in between. */
  private void uninstallInterrupted(int step) {
    lab.root().with("JDK_JAVA_OPTIONS", "-Dbraid.fault=uninstalling:" + (1 + step % 5));
    Ended first = uninstall();
    lab.root().with("JDK_JAVA_OPTIONS", "");
    if (first.exit() != 0) {
      uninstall().expectExit(0);
    }
  }

  /** By the release: where it was interrupted early, there is no program yet. */
  private Ended uninstall() {
    String program = RELEASE.file("bin/braid").toString();
    return lab.root()
        .startCommand(lab.root().work(), NO_INPUT, program, "uninstall", "--yes", "--purge")
        .await();
  }

  @Test
  void install_sh_that_is_killed_is_begun_again() throws IOException {
    Map<String, String> before = listing();
    Path share = home.resolve(".local/share/braid");
    for (String sign : List.of("made-folders", "versions", "current", "receipts", "hooks")) {
      BraidProcess process = startScript(RELEASE.folder(), "install.sh", "--yes", "--no-demo");
      Eventually.holds(sign + " is there", () -> Files.exists(share.resolve(sign)));
      process.kill();
    }

    install().expectExit(0);

    braid("uninstall", "--yes", "--purge").expectExit(0);
    assertThat(listing()).isEqualTo(before);
  }
}

package dev.braid.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.claude.WorkerCommand;
import dev.braid.cli.Ended;
import dev.braid.store.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the real Claude Code does with folders that a worker must not change. */
@Execution(ExecutionMode.CONCURRENT)
class ProtectedFoldersIT {
  @RegisterExtension final ClaudeLab lab = new ClaudeLab();

  private static Answer write(Path file) {
    return Answer.tool(
        "Write", Json.object().put("file_path", file.toString()).put("content", "new"));
  }

  private static Answer edit(Path file) {
    return Answer.tool(
        "Edit",
        Json.object()
            .put("file_path", file.toString())
            .put("old_string", "old")
            .put("new_string", "new"));
  }

  private static Answer read(Path file) {
    return Answer.tool("Read", Json.object().put("file_path", file.toString()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"shop", "my shop, (old) [x] #1!", "läden*?{a}\\b"})
  void nothing_is_changed_there_even_when_every_permission_is_bypassed(String name)
      throws IOException {
    lab.root().with("IS_SANDBOX", "1");
    Path kept = Files.createDirectories(lab.root().work().resolveSibling(name));
    Path sibling = Files.createDirectories(lab.root().work().resolveSibling(name + "-2"));
    Files.writeString(kept.resolve("a.txt"), "old");
    Files.writeString(sibling.resolve("a.txt"), "old");
    lab.stub()
        .when(_ -> true)
        .answer(
            read(kept.resolve("a.txt")),
            edit(kept.resolve("a.txt")),
            write(kept.resolve("b.txt")),
            write(kept.resolve("deep/er/b.txt")),
            read(sibling.resolve("a.txt")),
            edit(sibling.resolve("a.txt")),
            write(lab.root().work().resolve("mine.txt")),
            PromptTask.done("x"));
    List<String> line =
        new WorkerCommand(
                "claude",
                new WorkerCommand.Conversation.New(UUID.randomUUID().toString()),
                null,
                null,
                null,
                "bypassPermissions",
                List.of(),
                1,
                "{\"type\":\"object\"}",
                List.of(kept))
            .line();

    Ended ended =
        lab.startClaude("go", line.subList(1, line.size()).toArray(String[]::new)).await();

    ended.expectExit(0);
    assertThat(kept.resolve("a.txt")).hasContent("old");
    assertThat(kept.resolve("b.txt")).doesNotExist();
    assertThat(kept.resolve("deep")).doesNotExist();
    assertThat(sibling.resolve("a.txt")).hasContent("new");
    assertThat(lab.root().work().resolve("mine.txt")).hasContent("new");
  }
}

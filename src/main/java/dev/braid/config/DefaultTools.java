package dev.braid.config;

import java.util.List;
import java.util.Map;

/**
 * The tools that a worker may use without asking while nobody says otherwise, by task type: enough
 * to do what the type is for, and no more. Deployments have no tool that changes anything: which
 * command deploys is for the user to say.
 */
final class DefaultTools {
  private static final List<String> READING = List.of("Read", "Glob", "Grep");

  /**
   * Changes below the folder of the task only. A rule of this form is for every tool that changes
   * files, Write too; the bare names of tools would allow all folders.
   */
  private static final List<String> WRITING = List.of("Read", "Glob", "Grep", "Edit(./**)");

  static final Map<String, List<String>> BY_TYPE =
      Map.of(
          "service_creation", WRITING,
          "testing",
              List.of(
                  "Read",
                  "Glob",
                  "Grep",
                  "Bash(mvn *)",
                  "Bash(./mvnw *)",
                  "Bash(gradle *)",
                  "Bash(./gradlew *)",
                  "Bash(npm test *)",
                  "Bash(npm run *)",
                  "Bash(node --test *)",
                  "Bash(pytest *)",
                  "Bash(python -m pytest *)",
                  "Bash(cargo test *)",
                  "Bash(go test *)"),
          "build",
              List.of(
                  "Read",
                  "Glob",
                  "Grep",
                  "Bash(mvn *)",
                  "Bash(./mvnw *)",
                  "Bash(gradle *)",
                  "Bash(./gradlew *)",
                  "Bash(npm run *)",
                  "Bash(make *)",
                  "Bash(cargo build *)",
                  "Bash(go build *)"),
          "deployment", READING,
          "file_read", READING,
          "search", READING,
          "git_operation", List.of("Read", "Glob", "Grep", "Bash(git *)"),
          "migration", WRITING,
          "general", WRITING);

  private DefaultTools() {}
}

package dev.braid.crash;

import dev.braid.cli.TempRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A stand-in for {@code claude -p} that costs no second to start: it keeps a conversation, says
 * once that it starts, and returns a result as the real one does.
 */
final class FakeClaude {
  private static final String SCRIPT =
      """
      #!/bin/sh
      for each in "$@"; do
        case $each in --session-id=* | --resume=*) session=${each#*=} ;; esac
      done
      cat >/dev/null
      mkdir -p "$CLAUDE_CONFIG_DIR/projects/-work"
      echo '{"type":"user"}' >>"$CLAUDE_CONFIG_DIR/projects/-work/$session.jsonl"
      echo "$BRAID_TASK_ID" >>'STARTED'
      printf '{"type":"system","subtype":"init","session_id":"%s","claude_code_version":"VERSION"}\\n' "$session"
      sleep 0.1
      printf '{"type":"result","subtype":"success","is_error":false,"terminal_reason":"completed",'
      printf '"session_id":"%s","total_cost_usd":0.01,"num_turns":1,"permission_denials":[],"result":"",' "$session"
      printf '"structured_output":{"outcome":"done","summary":"out of %s"}}\\n' "$BRAID_TASK_ID"
      """;

  /** One that Braid knows. */
  private static final String VERSION = "2.1.330";

  private FakeClaude() {}

  /** Writes the program, and settings that name it. */
  static void install(TempRoot root) throws IOException {
    Path program = root.path().resolveSibling("fake-claude");
    Files.writeString(
        program,
        SCRIPT.replace("STARTED", RunCheck.started(root).toString()).replace("VERSION", VERSION));
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    Files.createDirectories(root.configFile().resolveSibling("."));
    Files.writeString(
        root.configFile(),
        "{\"claude_command\": \"%s\", \"min_free_memory_mb\": 0, \"ramp_seconds\": 0}"
            .formatted(program));
  }
}

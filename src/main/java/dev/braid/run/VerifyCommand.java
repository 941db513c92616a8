package dev.braid.run;

import dev.braid.isolate.Integration;
import dev.braid.isolate.Joined;
import dev.braid.isolate.Worktree;
import dev.braid.process.AttemptFolder;
import dev.braid.process.Launch;
import dev.braid.process.Processes;
import dev.braid.process.Spawned;
import dev.braid.process.Trace;
import dev.braid.store.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Runs the user's own command on all finished work together with that of one more task, in a
 * worktree of its own.
 *
 * @param command a shell line of the user's configuration
 * @param timeoutSeconds how long it may take
 * @param folder of the attempt whose work is looked at
 * @param environment of the attempt
 */
record VerifyCommand(
    String command,
    double timeoutSeconds,
    AttemptFolder folder,
    String nonce,
    Map<String, String> environment,
    Processes processes)
    implements Verification {
  /** No task has that key. */
  private static final String KEY = "~verify";

  private static final Duration POLL = Duration.ofMillis(20);
  private static final Duration GRACE = Duration.ofSeconds(2);
  private static final int ERROR_BYTES = 2 << 10;

  @Override
  public @Nullable String problemWith(Integration integration, Joined.Fits candidate, String key)
      throws IOException {
    var own = new AttemptFolder(folder.path().resolve("verify"));
    String ownNonce = nonce + "-verify";
    if (Files.exists(own.path())) {
      // An owner before this one was at it; nothing of that counts.
      processes.end(own, ownNonce, Duration.ZERO);
      Trees.delete(own.path());
    }
    Files.createDirectories(own.path());
    Worktree worktree = integration.openFor(candidate, KEY);
    try {
      return problem(own, ownNonce, worktree.folder());
    } finally {
      processes.end(own, ownNonce, GRACE);
      worktree.remove();
    }
  }

  private @Nullable String problem(AttemptFolder own, String ownNonce, Path cwd)
      throws IOException {
    var variables = new HashMap<>(environment);
    variables.put(Processes.NONCE, ownNonce);
    var launch =
        new Launch(own, List.of("/bin/sh", "-c", command), cwd, Path.of("/dev/null"), variables);
    return switch (processes.spawn(launch, ownNonce)) {
      case Spawned.Fenced _ -> "verify was called off";
      case Spawned.Failed(String problem, _) -> "verify cannot be started: " + problem;
      case Spawned.Waiting child -> {
        child.go();
        Trace trace = await(own, ownNonce);
        child.awaitExit();
        yield problem(trace, own);
      }
    };
  }

  private Trace await(AttemptFolder own, String ownNonce) {
    long deadline = processes.awakeNanos() + Math.round(timeoutSeconds * 1e9);
    Trace trace = processes.inspect(own, ownNonce);
    while (trace instanceof Trace.Alive && processes.awakeNanos() < deadline) {
      try {
        Thread.sleep(POLL);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        break;
      }
      trace = processes.inspect(own, ownNonce);
    }
    if (trace instanceof Trace.Alive) {
      processes.end(own, ownNonce, GRACE);
    }
    return trace;
  }

  private @Nullable String problem(Trace trace, AttemptFolder own) throws IOException {
    if (trace instanceof Trace.Exited(int code, _, _) && code == 0) {
      return null;
    }
    String what =
        trace instanceof Trace.Exited(int code, _, _)
            ? "verify exited with status " + code
            : "verify took too long, or was ended";
    String tail = OutputText.tail(own.stderr(), ERROR_BYTES);
    String said = tail.isBlank() ? OutputText.tail(own.stdout(), ERROR_BYTES) : tail;
    return said.isBlank() ? what : what + ": " + said.strip();
  }
}

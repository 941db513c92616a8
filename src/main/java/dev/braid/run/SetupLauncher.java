package dev.braid.run;

import dev.braid.process.AttemptFolder;
import dev.braid.process.Launch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes a new worktree ready by the user's own command, as part of the attempt, so that it is ended
 * and timed with it.
 *
 * @param setup a shell line of the user's configuration
 * @param mark a file that says that it was done
 */
record SetupLauncher(Launcher inner, String setup, Path mark) implements Launcher {
  private static final String SCRIPT =
      """
      if [ ! -e "$1" ]; then
        /bin/sh -c "$0" </dev/null >&2 || { echo "setup failed: $0" >&2; exit 121; }
        : >"$1"
      fi
      shift
      exec "$@"
      """;

  @Override
  public Launch launch(Entry.Starting starting, AttemptFolder folder) throws IOException {
    Launch plain = inner.launch(starting, folder);
    var command = new ArrayList<>(List.of("/bin/sh", "-c", SCRIPT, setup, mark.toString()));
    command.addAll(plain.command());
    return new Launch(plain.folder(), command, plain.cwd(), plain.input(), plain.environment());
  }
}

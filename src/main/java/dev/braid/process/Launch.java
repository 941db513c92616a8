package dev.braid.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * One process to start.
 *
 * @param folder where it leaves output and exit status
 * @param command program and arguments; the program is found on the PATH of the environment
 * @param cwd an existing folder
 * @param input file it reads as standard input
 * @param environment all of its environment; may hold secrets, so never printed
 */
public record Launch(
    AttemptFolder folder,
    List<String> command,
    Path cwd,
    Path input,
    Map<String, String> environment) {
  public Launch {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }

  @Override
  public String toString() {
    return "Launch[folder=" + folder + ", command=" + command + ", environment=hidden]";
  }
}

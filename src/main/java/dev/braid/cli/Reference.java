package dev.braid.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.AutoComplete;

/**
 * What the build runs to write the manual page, and what shells need to complete commands. All of
 * it comes from the commands themselves, so that it cannot say something else than they do.
 */
final class Reference {
  private Reference() {}

  /** Arguments: the folder for {@code man/} and {@code completion/}. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]).toAbsolutePath();
    Described program = Described.program();
    Path manual = Files.createDirectories(folder.resolve("man"));
    Files.writeString(manual.resolve("braid.1"), new Manual(program, Version.number()).text());
    Path completion = Files.createDirectories(folder.resolve("completion"));
    Files.writeString(
        completion.resolve("braid.bash"),
        AutoComplete.bash(program.name(), program.spec().commandLine()));
    Files.writeString(completion.resolve("_braid"), new ZshCompletion(program).text());
    Files.writeString(completion.resolve("braid.fish"), new FishCompletion(program).text());
  }
}

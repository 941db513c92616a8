package dev.braid.dist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.cli.Ended;
import dev.braid.cli.TempRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Completions in the shells they are for, and the manual page in the program that shows it. */
@Execution(ExecutionMode.CONCURRENT)
class ReferenceIT {
  @RegisterExtension static final Release RELEASE = new Release();

  /** A line of the program's help that names a command. */
  private static final Pattern COMMAND = Pattern.compile("(?m)^  ([a-z]+) ");

  private static final String BASH =
      """
      . "$0" && COMP_WORDS=("$@") && COMP_CWORD=$(($# - 1)) && _complete_braid
      printf '%s\\n' "${COMPREPLY[@]}"
      """;

  /** A terminal in a terminal: zsh completes nowhere else. */
  private static final String ZSH =
      """
      zmodload zsh/zpty
      zpty shell zsh -f -i
      zpty -w shell 'PS1= ; stty -echo; autoload -Uz compinit; compinit -D -u; . '${(q)0}
      zpty -w shell 'print REA''DY'
      zpty -r -m shell line $'*READY*'
      zpty -n -w shell "$*"$'\\t'
      zpty -r -m shell line "*$EXPECTED*"
      print -r -- "$line"
      zpty -d shell
      """;

  private final TempRoot root = new TempRoot();

  @AfterEach
  void removeAll() {
    root.close();
  }

  private Ended call(String tool, String... arguments) {
    return root.startCommand(
            root.work(), Path.of("/dev/null"), Needed.tool(tool).toString(), arguments)
        .await();
  }

  private String completion(String name) {
    return RELEASE.file("completion/" + name).toString();
  }

  @Test
  void shells_accept_their_completions() {
    call("bash", "-n", completion("braid.bash")).expectExit(0);
    call("zsh", "-n", completion("_braid")).expectExit(0);
    call("fish", "-n", completion("braid.fish")).expectExit(0);
  }

  @Test
  void bash_completes_commands_and_options() {
    assertThat(call("bash", "-c", BASH, completion("braid.bash"), "braid", "sk").out().strip())
        .isEqualTo("skill");
    assertThat(call("bash", "-c", BASH, completion("braid.bash"), "braid", "daemon", "sta").out())
        .contains("start");
    assertThat(call("bash", "-c", BASH, completion("braid.bash"), "braid", "run", "--fo").out())
        .contains("--force");
  }

  @ParameterizedTest
  @CsvSource({"braid sk,skill", "braid daemon sta,start", "braid run --fo,--force"})
  void fish_completes_commands_and_options(String line, String expected) {
    Ended ended =
        call(
            "fish", "-N", "-c", ". $argv[1]; complete -C $argv[2]", completion("braid.fish"), line);

    assertThat(ended.expectExit(0).out().lines()).singleElement().asString().startsWith(expected);
  }

  @ParameterizedTest
  @CsvSource({"braid sk,braid skill", "braid daemon sto,braid daemon stop"})
  void zsh_completes_commands(String line, String expected) {
    root.with("EXPECTED", expected);

    assertThat(call("zsh", "-f", "-c", ZSH, completion("_braid"), line).expectExit(0).out())
        .contains(expected);
  }

  @Test
  void the_manual_page_is_shown_without_a_warning() {
    String page = RELEASE.file("man/braid.1").toString();
    root.with("MANWIDTH", "80");

    assertThat(call("groff", "-ww", "-man", "-Tutf8", page).expectExit(0).err()).isEmpty();
    Ended shown = call("man", "-l", "--warnings", page).expectExit(0);
    assertThat(shown.err()).isEmpty();
    assertThat(shown.out()).contains("NAME", "SYNOPSIS", "EXIT STATUS", "FILES", "ENVIRONMENT");
  }

  @Test
  void the_manual_page_names_every_command() throws IOException {
    String page = Files.readString(RELEASE.file("man/braid.1"));

    assertThat(COMMAND.matcher(root.run("--help").expectExit(0).out()).results())
        .hasSizeGreaterThan(20)
        .allSatisfy(command -> assertThat(page).contains(".SS braid " + command.group(1)));
  }
}

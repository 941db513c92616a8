package dev.braid.cli;

import java.util.List;
import picocli.CommandLine.Model.OptionSpec;

/** Writes the file {@code braid.fish} that fish completes commands from. */
record FishCompletion(Described program) {
  private static final String HEAD =
      """
      # Written by the build.

      # The commands on the line before the cursor: words that are no options.
      function __braid_words
        set -l words (commandline -opc)
        set -e words[1]
        string match -v -- '-*' $words
      end

      # Whether exactly these commands are on the line.
      function __braid_at
        test "$(__braid_words)" = "$argv"
      end

      # Whether the line begins with these commands.
      function __braid_in
        set -l words (__braid_words)
        test (count $words) -ge (count $argv)
        and test "$words[1..$(count $argv)]" = "$argv"
      end

      complete -c braid -f
      """;

  String text() {
    var text = new StringBuilder(HEAD);
    program
        .all()
        .forEach(command -> {
          text.append('\n');
          List<String> words = command.words().subList(1, command.words().size());
          command.commands().forEach(each -> commandLine(text, words, each));
          command.options().forEach(option -> optionLine(text, words, option));
          if (command.parameters().stream().anyMatch(Described::isFile)) {
            text.append("complete -c braid -n ").append(within(words)).append(" -F\n");
          }
        });
    return text.toString();
  }

  private static void commandLine(StringBuilder text, List<String> words, Described command) {
    text.append("complete -c braid -n ")
        .append(ShellWord.of(("__braid_at " + String.join(" ", words)).strip()))
        .append(" -a ")
        .append(command.name())
        .append(" -d ")
        .append(quoted(command.purpose()))
        .append('\n');
  }

  private static void optionLine(StringBuilder text, List<String> words, OptionSpec option) {
    text.append("complete -c braid -n ").append(within(words));
    for (String name : option.names()) {
      text.append(name.startsWith("--") ? " -l " : " -s ").append(name.replaceFirst("^--?", ""));
    }
    if (Described.takesValue(option)) {
      text.append(Described.isFile(option) ? " -r -F" : " -x");
    }
    text.append(" -d ").append(quoted(Described.meaning(option))).append('\n');
  }

  private static String within(List<String> words) {
    String test = words.isEmpty() ? "__braid_at" : "__braid_in " + String.join(" ", words);
    return ShellWord.of(test);
  }

  /** Between single quotes fish knows two escapes. */
  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}

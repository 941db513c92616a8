package dev.braid.cli;

import java.util.List;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Writes the file {@code _braid} that zsh completes commands from: a function for each command. */
record ZshCompletion(Described program) {
  String text() {
    var text = new StringBuilder("#compdef braid\n# Written by the build.\n");
    program.all().forEach(command -> text.append('\n').append(function(command)));
    // Loaded by compinit it is the function itself; sourced it makes itself known.
    return text.append(
            """

            if [ "$funcstack[1]" = _braid ]; then
              _braid "$@"
            else
              compdef _braid braid
            fi
            """)
        .toString();
  }

  private static String function(Described command) {
    var text = new StringBuilder(functionName(command)).append("() {\n");
    if (command.isGroup()) {
      text.append("  local line state\n");
    }
    text.append("  _arguments -s").append(command.isGroup() ? " -C" : "");
    command.options().forEach(option -> argument(text, option(option)));
    command.parameters().forEach(parameter -> argument(text, parameter(parameter)));
    if (command.isGroup()) {
      argument(text, "'1: :->command'");
      argument(text, "'*:: :->rest'");
      choice(text, command.commands());
    }
    return text.append("\n}\n").toString();
  }

  private static void choice(StringBuilder text, List<Described> commands) {
    text.append("\n  case $state in\n    command)\n      local -a commands=(\n");
    for (Described each : commands) {
      String name = each.name() + ":" + each.purpose();
      text.append("        ").append(ShellWord.of(name)).append('\n');
    }
    text.append("      )\n      _describe command commands\n      ;;\n");
    text.append("    rest)\n      case $line[1] in\n");
    for (Described each : commands) {
      text.append("        ").append(each.name()).append(") ").append(functionName(each));
      text.append(" ;;\n");
    }
    text.append("      esac\n      ;;\n  esac");
  }

  private static void argument(StringBuilder text, String argument) {
    text.append(" \\\n    ").append(argument);
  }

  private static String functionName(Described command) {
    return "_" + String.join("_", command.words());
  }

  private static String option(OptionSpec option) {
    String value =
        Described.takesValue(option)
            ? ":" + escaped(option.paramLabel()) + ":" + (Described.isFile(option) ? "_files" : " ")
            : "";
    String meaning = "[" + escaped(Described.meaning(option)) + "]" + value;
    String repeated = Described.isRepeatable(option) ? "*" : "";
    String[] names = option.names();
    if (names.length == 1) {
      return ShellWord.of(repeated + names[0] + meaning);
    }
    String others = repeated.isEmpty() ? "(" + String.join(" ", names) + ")" : "*";
    return ShellWord.of(others) + "{" + String.join(",", names) + "}" + ShellWord.of(meaning);
  }

  private static String parameter(PositionalParamSpec parameter) {
    String place = Described.isRepeatable(parameter) ? "*:" : parameter.required() ? ":" : "::";
    String action = Described.isFile(parameter) ? "_files" : " ";
    return ShellWord.of(place + escaped(parameter.paramLabel()) + ":" + action);
  }

  /** Of what ends a part of an argument of {@code _arguments}. */
  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace(":", "\\:").replace("[", "\\[").replace("]", "\\]");
  }
}

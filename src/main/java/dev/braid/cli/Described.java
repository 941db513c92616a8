package dev.braid.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * A command as those who write about the program see it.
 *
 * @param words how it is called, from {@code braid} on
 */
record Described(List<String> words, CommandSpec spec) {
  /** The program itself; its commands are below it. */
  static Described program() {
    return new Described(List.of("braid"), Main.described());
  }

  String name() {
    return words.getLast();
  }

  /** What it is for, on one line. */
  String purpose() {
    return line(spec.usageMessage().description());
  }

  List<Described> commands() {
    return spec.subcommands().entrySet().stream()
        .map(each -> {
          var path = new ArrayList<>(words);
          path.add(each.getKey());
          return new Described(List.copyOf(path), each.getValue().getCommandSpec());
        })
        .toList();
  }

  /** It and all below it, each before its own commands. */
  Stream<Described> all() {
    return Stream.concat(Stream.of(this), commands().stream().flatMap(Described::all));
  }

  boolean isGroup() {
    return !spec.subcommands().isEmpty();
  }

  /** All options it takes. */
  List<OptionSpec> options() {
    return spec.options().stream().filter(option -> !option.hidden()).toList();
  }

  /** The options that not every command has. */
  List<OptionSpec> ownOptions() {
    return options().stream().filter(option -> !isCommon(option)).toList();
  }

  /** The options that every command has. */
  List<OptionSpec> commonOptions() {
    return options().stream().filter(Described::isCommon).toList();
  }

  private static boolean isCommon(OptionSpec option) {
    return option.usageHelp() || option.versionHelp() || option.longestName().equals("--debug");
  }

  List<PositionalParamSpec> parameters() {
    return spec.positionalParameters();
  }

  /** How it is called: options of its own and parameters. */
  String synopsis() {
    var parts = new ArrayList<String>();
    ownOptions().stream()
        .filter(option -> option.group() == null)
        .map(Described::inSynopsis)
        .forEach(parts::add);
    spec.argGroups().stream().map(ArgGroupSpec::synopsis).forEach(parts::add);
    parameters()
        .forEach(each -> {
          String label = each.paramLabel() + (isRepeatable(each) ? "..." : "");
          parts.add(each.required() ? label : "[" + label + "]");
        });
    if (isGroup()) {
      parts.add("COMMAND");
    }
    return String.join(" ", parts);
  }

  private static String inSynopsis(OptionSpec option) {
    String text = option.longestName() + (takesValue(option) ? " " + option.paramLabel() : "");
    return (option.required() ? text : "[" + text + "]") + (isRepeatable(option) ? "..." : "");
  }

  static boolean takesValue(ArgSpec arg) {
    return arg.arity().max() > 0;
  }

  static boolean isRepeatable(ArgSpec arg) {
    return arg.isMultiValue();
  }

  /** Whether it is the name of a file. */
  static boolean isFile(ArgSpec arg) {
    return arg.paramLabel().equals("FILE");
  }

  /** What an option or parameter means, on one line; empty when its name says it. */
  static String meaning(ArgSpec arg) {
    String fallback = arg.defaultValue() == null ? "" : arg.defaultValue();
    return line(arg.description()).replace("${DEFAULT-VALUE}", fallback);
  }

  private static String line(String[] description) {
    return String.join(" ", description).replace("%%", "%").replace("%n", " ").strip();
  }
}

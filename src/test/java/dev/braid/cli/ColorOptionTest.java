package dev.braid.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class ColorOptionTest {
  private static boolean hasColor(Map<String, String> environment, String... arguments) {
    var option = new ColorOption();
    new CommandLine(option).parseArgs(arguments);
    var nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    var invocation =
        new Invocation(
            environment,
            Path.of("/work"),
            Path.of("/home/user"),
            nowhere,
            nowhere,
            new Invocation.Terminal(true, 80, true),
            InstantSource.system(),
            new SplittableRandom(1));
    return option.look(invocation).color();
  }

  @ParameterizedTest
  @CsvSource({
    "auto,   '', true", "auto,   1, false", "always, '', true",
    "always, 1, true", "never,  '', false", "never,  1, false"
  })
  void the_option_goes_before_the_variable(String when, String noColor, boolean expected) {
    assertThat(hasColor(Map.of("NO_COLOR", noColor), "--color=" + when)).isEqualTo(expected);
  }

  @Test
  void there_are_colours_where_nobody_says_anything() {
    assertThat(hasColor(Map.of())).isTrue();
    assertThat(hasColor(Map.of("NO_COLOR", "1"))).isFalse();
  }

  @Test
  void another_word_is_refused() {
    assertThatThrownBy(() -> hasColor(Map.of(), "--color=sometimes"))
        .isInstanceOf(CommandLine.ParameterException.class);
  }
}

package dev.braid.claude;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** However settings are written, what is added goes without a trace. */
class SettingsTextProperties {
  private static final int CASES = 10;
  private static final String[] KEYS = {"a", "hooks", "env", "statusLine", "\\u0068ooks", "\u00e4"};
  private static final String[] EVENTS = {"Stop", "PreToolUse", "SessionStart", "Other"};
  private static final String[] SCALARS = {
    "1", "-0.5e-3", "true", "null", "\"\"", "\"]}\\\"{[,:\"", "\"\ud83d\ude00\\u0041\"", "\" \\\\\""
  };

  static LongStream seeds() {
    return LongStream.range(0, 60);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void the_law_holds(long seed) {
    var writer = new Writer(new Random(seed));
    for (int i = 0; i < CASES; i++) {
      assertLaw(seed, writer.settings());
    }
  }

  private static void assertLaw(long seed, String text) {
    SettingsText before = OwnHooks.readable(text);
    SettingsEdit added = OwnHooks.install(before);
    String now = OwnHooks.text(added.text());

    assertThat(OwnHooks.text(OwnHooks.uninstall(added.text(), added.changes()).text()))
        .as("seed %d: %s became %s", seed, text, now)
        .isEqualTo(text);
    assertThat(OwnHooks.text(OwnHooks.install(added.text()).text()))
        .as("seed %d", seed)
        .isEqualTo(now);
    assertThat(added.text().env(OwnHooks.VARIABLE).map(JsonNode::textValue)).contains("1");
    assertThat(added.text().member("statusLine")).contains(OwnHooks.STATUS_LINE);
    for (String event : EVENTS) {
      List<JsonNode> expected = new ArrayList<>(before.hooks(event));
      OwnHooks.HOOKS.path(event).forEach(group -> group.path("hooks").forEach(expected::add));
      assertThat(added.text().hooks(event)).as("seed %d: %s", seed, now).isEqualTo(expected);
    }
  }

  /** Writes settings with white space wherever it may be. */
  private static final class Writer {
    private final Random random;

    /** Of ten places so many have white space. */
    private int spacing;

    private String eol = "\n";

    private Writer(Random random) {
      this.random = random;
    }

    private String settings() {
      spacing = random.nextInt(11);
      eol = random.nextBoolean() ? "\n" : "\r\n";
      String mark = random.nextInt(8) == 0 ? "\uFEFF" : "";
      return mark + (random.nextInt(20) == 0 ? space() : space() + root() + space());
    }

    private String space() {
      var text = new StringBuilder();
      while (random.nextInt(11) < spacing && text.length() < 20) {
        text.append(new String[] {eol, " ", "  ", "\t", eol + "  "}[random.nextInt(5)]);
      }
      return text.toString();
    }

    private String root() {
      return object(() -> KEYS[random.nextInt(KEYS.length)], 4);
    }

    private String object(Supplier<String> keys, int most) {
      return "{" + parts(() -> member(keys.get()), most) + "}";
    }

    private String member(String key) {
      String value =
          switch (key) {
            case "hooks", "\\u0068ooks" -> object(() -> EVENTS[random.nextInt(4)], 3);
            case "env" -> object(() -> random.nextInt(3) == 0 ? OwnHooks.VARIABLE : "A", 3);
            case "Stop", "PreToolUse", "SessionStart", "Other" -> "[" + parts(this::group, 3) + "]";
            default -> any(3);
          };
      return "\"" + key + "\"" + space() + ":" + space() + value;
    }

    private String group() {
      return random.nextInt(4) == 0
          ? any(2)
          : "{" + "\"hooks\":" + space() + "[" + parts(() -> any(2), 3) + "]" + space() + "}";
    }

    private String any(int depth) {
      return switch (random.nextInt(depth == 0 ? 3 : 5)) {
        case 3 -> "[" + parts(() -> any(depth - 1), 3) + "]";
        case 4 -> "{" + parts(() -> "\"k\":" + space() + any(depth - 1), 3) + "}";
        default -> SCALARS[random.nextInt(SCALARS.length)];
      };
    }

    private String parts(Supplier<String> part, int most) {
      var text = new StringBuilder(space());
      for (int i = random.nextInt(most + 1); i > 0; i--) {
        text.append(part.get()).append(space());
        text.append(i > 1 ? "," + space() : "");
      }
      return text.toString();
    }
  }
}

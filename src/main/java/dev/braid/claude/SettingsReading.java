package dev.braid.claude;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What came of reading the text of a settings.json. */
public sealed interface SettingsReading extends SettingsFile.Reading {
  /** Longest message about what cannot be read, in characters. */
  int MAX_MESSAGE = 160;

  /** Can be edited. */
  record Good(SettingsText text) implements SettingsReading {}

  /**
   * Is not what Claude Code can read.
   *
   * @param line from 1
   * @param column from 1, in UTF-16 units
   * @param message what is wrong, on one line
   */
  record Unreadable(int line, int column, String message)
      implements SettingsReading, SettingsFile.Fault {
    @Override
    public String reason() {
      return "line " + line + ", column " + column + ": " + message;
    }
  }

  /** Reads UTF-8, with a byte order mark or without. */
  static SettingsReading of(byte[] bytes) {
    CharBuffer chars = CharBuffer.allocate(bytes.length);
    boolean isBad =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .decode(ByteBuffer.wrap(bytes), chars, true)
            .isError();
    String text = chars.flip().toString();
    if (isBad) {
      return unreadable(text, text.length(), "This is not UTF-8");
    }
    String mark = text.startsWith(SettingsText.MARK) ? SettingsText.MARK : "";
    String rest = text.substring(mark.length());
    if (SettingsText.isBlank(text)) {
      return new Good(SettingsText.blank(text));
    }
    try {
      return checked(mark, JsonDocument.of(rest, SettingsText.LOOKED_INTO));
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      return at == null
          ? unreadable(rest, 0, e.getOriginalMessage())
          : new Unreadable(at.getLineNr(), at.getColumnNr(), shortened(e.getOriginalMessage()));
    } catch (IOException e) {
      throw new IllegalStateException("reading from memory", e);
    }
  }

  private static SettingsReading checked(String mark, JsonDocument document) {
    JsonPart root = document.root();
    if (!root.isObject()) {
      return unreadable(document.text(), root.start(), "The settings are not an object");
    }
    for (String key : SettingsText.LOOKED_INTO) {
      Optional<JsonPart> part = root.member(key);
      if (part.isPresent() && !part.get().isObject()) {
        return wrongType(document, part.get(), key, "an object");
      }
    }
    for (JsonPart event : SettingsText.events(document)) {
      if (!event.isArray()) {
        return wrongType(document, event, SettingsText.HOOKS + "." + event.name(), "an array");
      }
    }
    return new Good(SettingsText.of(mark, document));
  }

  private static SettingsReading wrongType(
      JsonDocument document, JsonPart part, String key, String type) {
    return unreadable(document.text(), part.valueStart(), "\"" + key + "\" is not " + type);
  }

  private static SettingsReading unreadable(String text, int place, String message) {
    String before = text.substring(0, place);
    int line = 1 + (int) before.chars().filter(each -> each == '\n').count();
    return new Unreadable(line, place - before.lastIndexOf('\n'), shortened(message));
  }

  /** Jackson's messages go on with its own view of the place. */
  private static String shortened(String message) {
    String first = message.lines().findFirst().orElse("");
    int aside = first.indexOf(" (start marker at");
    String kept = aside < 0 ? first : first.substring(0, aside);
    String printable = kept.replaceAll("\\p{Cc}", "?");
    return printable.substring(0, Math.min(printable.length(), MAX_MESSAGE));
  }
}

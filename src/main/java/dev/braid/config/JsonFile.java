package dev.braid.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** What a file that should hold one JSON object turned out to be. */
sealed interface JsonFile {
  /** The largest file that is read. */
  int MAX_BYTES = 1 << 20;

  /** The deepest nesting that is read; settings need three. */
  int MAX_DEPTH = 20;

  /** There is none. */
  record Absent() implements JsonFile {}

  /** A JSON object. */
  record Content(ObjectNode object) implements JsonFile {}

  /** Anything else; the problem is one line. */
  record Broken(String problem) implements JsonFile {}

  static JsonFile read(Path file) {
    try {
      if (Files.exists(file) && !Files.isRegularFile(file)) {
        return new Broken("is not a file"); // and a pipe would never end
      }
      byte[] bytes;
      try (var input = Files.newInputStream(file)) {
        bytes = input.readNBytes(MAX_BYTES + 1);
      }
      return parse(bytes);
    } catch (NoSuchFileException absent) {
      return new Absent();
    } catch (IOException unreadable) {
      if (isBelowFile(file)) {
        return new Absent();
      }
      return new Broken("cannot be read: " + Findings.line(unreadable.toString()));
    }
  }

  /** Below a file there is nothing: who wants to write there is told so by the system. */
  private static boolean isBelowFile(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    while (folder != null && !Files.exists(folder)) {
      folder = folder.getParent();
    }
    return folder != null && !Files.isDirectory(folder);
  }

  /** What these bytes are, as if they stood in a file. */
  static JsonFile parse(byte[] bytes) {
    if (bytes.length > MAX_BYTES) {
      return new Broken("is larger than 1 MiB");
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      String json = text.startsWith("\uFEFF") ? text.substring(1) : text;
      if (json.isBlank()) {
        return new Broken("is empty");
      }
      JsonNode root = mapper().readTree(json);
      return root instanceof ObjectNode object
          ? new Content(object)
          : new Broken("must be a JSON object, is " + Findings.shown(root));
    } catch (CharacterCodingException notText) {
      return new Broken("is not UTF-8 text");
    } catch (JsonProcessingException notJson) {
      return new Broken("is not good JSON: " + reason(notJson));
    }
  }

  private static String reason(JsonProcessingException notJson) {
    var location = notJson.getLocation();
    String place =
        location == null
            ? ""
            : "line " + location.getLineNr() + ", column " + location.getColumnNr() + ": ";
    return place + Findings.line(notJson.getOriginalMessage());
  }

  private static ObjectMapper mapper() {
    JsonFactory factory =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    return new ObjectMapper(factory).enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  }
}

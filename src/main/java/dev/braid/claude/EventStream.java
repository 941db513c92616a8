package dev.braid.claude;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the stream of a worker while it is written, or when it is whole. A line that is no JSON, or
 * of a kind that is not known, is passed over. For one thread at a time.
 */
public final class EventStream {
  /** A longer line is passed over, in bytes. */
  static final int MAX_LINE_BYTES = 128 << 20;

  /** A line nested deeper is passed over: a journal could not give back a result of it. */
  private static final int MAX_DEPTH = 150;

  /** So much is read at a time, in bytes. */
  private static final int CHUNK_BYTES = 256 << 10;

  static final ObjectMapper MAPPER =
      new ObjectMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder()
                      .maxStringLength(MAX_LINE_BYTES)
                      .maxNestingDepth(MAX_DEPTH)
                      .build())
              .build());

  private final Path file;
  private ByteArrayOutputStream line = new ByteArrayOutputStream();
  private long position;
  private boolean tooLong;

  /**
   * @param file what the worker writes; it may not be there yet
   */
  public EventStream(Path file) {
    this.file = file;
  }

  /**
   * Of what stands at the end, and of what is written from now on; a line that began before is
   * passed over.
   *
   * @param bytes how much of the end
   */
  public static EventStream ofEnd(Path file, long bytes) {
    var stream = new EventStream(file);
    stream.position = Math.max(0, file.toFile().length() - bytes);
    stream.tooLong = stream.position > 0;
    return stream;
  }

  /** Hands over what has been written since the last call, whole lines only. */
  public void advance(Consumer<StreamEvent> events) throws IOException {
    if (!Files.exists(file)) {
      return;
    }
    byte[] bytes = new byte[CHUNK_BYTES];
    ByteBuffer chunk = ByteBuffer.wrap(bytes);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      while (channel.read(chunk.clear(), position) > 0) {
        position += chunk.position();
        take(bytes, chunk.position(), events);
      }
    }
  }

  /** Hands over the rest, and what follows the last newline too. */
  public void finish(Consumer<StreamEvent> events) throws IOException {
    advance(events);
    endLine(events);
  }

  private void take(byte[] bytes, int length, Consumer<StreamEvent> events) {
    int start = 0;
    for (int i = 0; i < length; i++) {
      if (bytes[i] == '\n') {
        append(bytes, start, i);
        endLine(events);
        start = i + 1;
      }
    }
    append(bytes, start, length);
  }

  private void append(byte[] bytes, int from, int to) {
    if (line.size() + (to - from) > MAX_LINE_BYTES) {
      tooLong = true;
      clearLine();
    }
    if (!tooLong) {
      line.write(bytes, from, to - from);
    }
  }

  private void endLine(Consumer<StreamEvent> events) {
    StreamEvent event = line.size() == 0 ? null : read(line.toByteArray());
    clearLine();
    tooLong = false;
    if (event != null) {
      events.accept(event);
    }
  }

  /** Gives the memory of a long line back: a worker may be watched for hours after it. */
  private void clearLine() {
    if (line.size() > CHUNK_BYTES) {
      line = new ByteArrayOutputStream();
    } else {
      line.reset();
    }
  }

  private static @Nullable StreamEvent read(byte[] bytes) {
    JsonNode node;
    try {
      node = MAPPER.readTree(bytes);
    } catch (IOException _) {
      return null;
    }
    return switch (node.path("type").asText()) {
      case "system" -> system(node);
      case "assistant" -> assistant(node);
      case "rate_limit_event" -> limit(node.path("rate_limit_info"));
      case "result" -> new StreamEvent.Ended(TurnResult.read(node));
      default -> null;
    };
  }

  private static @Nullable StreamEvent system(JsonNode node) {
    return switch (node.path("subtype").asText()) {
      case "init" ->
          new StreamEvent.Began(
              node.path("claude_code_version").asText(""), node.path("model").asText(""));
      case "api_retry" ->
          new StreamEvent.Refused(
              node.path("error_status").asInt(0), node.path("error").asText(""));
      default -> null;
    };
  }

  /** What Claude Code says in the API's place, such as the text of an error, is no answer. */
  private static @Nullable StreamEvent assistant(JsonNode node) {
    JsonNode message = node.path("message");
    if (node.path("is_api_error_message").asBoolean()
        || message.path("model").asText().equals("<synthetic>")) {
      return null;
    }
    JsonNode usage = message.path("usage");
    long tokens =
        usage.path("input_tokens").asLong()
            + usage.path("output_tokens").asLong()
            + usage.path("cache_read_input_tokens").asLong()
            + usage.path("cache_creation_input_tokens").asLong();
    String tool = null;
    String call = "";
    String detail = "";
    for (JsonNode part : message.path("content")) {
      if (part.path("type").asText().equals("tool_use")) {
        tool = part.path("name").asText();
        call = part.path("id").asText();
        detail = detail(part.path("input"));
      }
    }
    return new StreamEvent.Answered(
        tool,
        call,
        detail,
        tokens,
        message.path("id").asText(),
        !node.path("parent_tool_use_id").isNull() && node.has("parent_tool_use_id"));
  }

  private static String detail(JsonNode input) {
    for (String name : new String[] {"skill", "subagent_type", "file_path", "command"}) {
      if (input.path(name).isTextual()) {
        return input.path(name).asText();
      }
    }
    return "";
  }

  private static @Nullable StreamEvent limit(JsonNode limit) {
    if (!limit.path("status").asText().equals("rejected")) {
      return null;
    }
    JsonNode resets = limit.path("resetsAt");
    return new StreamEvent.LimitReached(
        resets.isNumber() ? Instant.ofEpochSecond(resets.asLong()) : null);
  }
}

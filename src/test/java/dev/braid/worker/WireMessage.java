package dev.braid.worker;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.store.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A message of the model as the API writes it: whole, or as a stream of events. */
record WireMessage(int number, String model, Reply.Message message) {
  /** Longest part of a text or input that one event carries, in characters. */
  private static final int PIECE = 64 << 10;

  ObjectNode whole() {
    ObjectNode whole = head().put("stop_reason", stopReason());
    ArrayNode content = whole.putArray("content");
    for (int i = 0; i < blocks().size(); i++) {
      ObjectNode block = start(i);
      switch (blocks().get(i)) {
        case Block.Text text -> block.put("text", text.text());
        case Block.ToolUse tool -> block.set("input", tool.input());
      }
      content.add(block);
    }
    whole.set("usage", usage(message.outputTokens()));
    return whole;
  }

  void streamTo(OutputStream out) throws IOException {
    ObjectNode begun = head().putNull("stop_reason");
    begun.putArray("content");
    begun.set("usage", usage(1));
    event(out, "message_start", Json.object().set("message", begun));
    for (int i = 0; i < blocks().size(); i++) {
      ObjectNode opened = Json.object().put("index", i);
      event(out, "content_block_start", opened.set("content_block", start(i)));
      streamBlock(out, i);
      event(out, "content_block_stop", Json.object().put("index", i));
    }
    ObjectNode end = Json.object();
    end.putObject("delta").put("stop_reason", stopReason()).putNull("stop_sequence");
    end.putObject("usage").put("output_tokens", message.outputTokens());
    event(out, "message_delta", end);
    event(out, "message_stop", Json.object());
  }

  private void streamBlock(OutputStream out, int index) throws IOException {
    Block block = blocks().get(index);
    String text =
        switch (block) {
          case Block.Text(String words) -> words;
          case Block.ToolUse(_, ObjectNode input) -> Json.line(input);
        };
    boolean words = block instanceof Block.Text;
    int from = 0;
    do {
      int to = pieceEnd(text, from);
      ObjectNode data = Json.object().put("index", index);
      data.putObject("delta")
          .put("type", words ? "text_delta" : "input_json_delta")
          .put(words ? "text" : "partial_json", text.substring(from, to));
      event(out, "content_block_delta", data);
      from = to;
    } while (from < text.length());
  }

  /** Where a piece may end: the two halves of one character stay together. */
  private static int pieceEnd(String text, int from) {
    int end = Math.min(text.length(), from + PIECE);
    return end < text.length() && Character.isLowSurrogate(text.charAt(end)) ? end + 1 : end;
  }

  private List<Block> blocks() {
    return message.blocks();
  }

  private ObjectNode head() {
    return Json.object()
        .put("id", "msg_stub%06d".formatted(number))
        .put("type", "message")
        .put("role", "assistant")
        .put("model", model)
        .putNull("stop_sequence");
  }

  private ObjectNode start(int index) {
    return switch (blocks().get(index)) {
      case Block.Text _ -> Json.object().put("type", "text").put("text", "");
      case Block.ToolUse(String name, _) -> {
        ObjectNode tool =
            Json.object()
                .put("type", "tool_use")
                .put("id", "toolu_stub%06d_%d".formatted(number, index))
                .put("name", name);
        tool.putObject("input");
        yield tool;
      }
    };
  }

  private String stopReason() {
    return blocks().stream().anyMatch(Block.ToolUse.class::isInstance) ? "tool_use" : "end_turn";
  }

  private ObjectNode usage(long outputTokens) {
    return Json.object()
        .put("input_tokens", message.inputTokens())
        .put("cache_creation_input_tokens", 0)
        .put("cache_read_input_tokens", 0)
        .put("output_tokens", outputTokens);
  }

  private static void event(OutputStream out, String name, ObjectNode data) throws IOException {
    String line = "event: " + name + "\ndata: " + Json.line(data.put("type", name)) + "\n\n";
    out.write(line.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}

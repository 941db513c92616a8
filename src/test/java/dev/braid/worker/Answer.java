package dev.braid.worker;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/**
 * What the stub does with one request.
 *
 * @param gate has to open first
 * @param delay passes then
 * @param reply ends it
 */
public record Answer(Reply reply, Duration delay, Gate gate) {
  /** The tool by which Claude Code takes a result that has to keep to a schema. */
  public static final String STRUCTURED_OUTPUT = "StructuredOutput";

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long INPUT_TOKENS = 10;
  private static final long OUTPUT_TOKENS = 5;

  private Answer(Reply reply) {
    this(reply, Duration.ZERO, () -> true);
  }

  public static Answer text(String text) {
    return blocks(Block.text(text));
  }

  public static Answer tool(String name, ObjectNode input) {
    return blocks(Block.tool(name, input));
  }

  /** The model wants to use a tool; its input is written as JSON. */
  public static Answer tool(String name, String input) {
    return blocks(Block.tool(name, input));
  }

  public static Answer structured(ObjectNode result) {
    return tool(STRUCTURED_OUTPUT, result);
  }

  /** A result that has to keep to the schema of the call, written as JSON. */
  public static Answer structured(String result) {
    return tool(STRUCTURED_OUTPUT, result);
  }

  public static Answer blocks(Block... blocks) {
    return new Answer(new Reply.Message(List.of(blocks), INPUT_TOKENS, OUTPUT_TOKENS));
  }

  /**
   * An error of the API.
   *
   * @param type such as {@code overloaded_error}
   */
  public static Answer error(int status, String type, String message) {
    return new Answer(new Reply.Failure(status, type, message, Map.of()));
  }

  public static Answer hang() {
    return new Answer(new Reply.Hang());
  }

  public static Answer drop() {
    return new Answer(new Reply.Drop());
  }

  /** The same, but later. */
  public Answer after(Duration time) {
    return new Answer(reply, time, gate);
  }

  /** The same once the latch is down: within a minute, or the request fails and says so. */
  public Answer behind(CountDownLatch latch) {
    return behind(Gate.of(latch, PATIENCE));
  }

  /** The same once the future is complete: within a minute, or the request fails and says so. */
  public Answer behind(CompletableFuture<?> future) {
    return behind(Gate.of(future, PATIENCE));
  }

  public Answer behind(Gate opening) {
    return new Answer(reply, delay, opening);
  }

  /** The same message at another price. */
  public Answer usage(long inputTokens, long outputTokens) {
    if (!(reply instanceof Reply.Message message)) {
      throw new IllegalStateException("costs nothing: " + reply);
    }
    return new Answer(new Reply.Message(message.blocks(), inputTokens, outputTokens), delay, gate);
  }

  /** The same error with a header such as {@code retry-after}. */
  public Answer header(String name, String value) {
    if (!(reply instanceof Reply.Failure failure)) {
      throw new IllegalStateException("has no headers of its own: " + reply);
    }
    var headers = new HashMap<>(failure.headers());
    headers.put(name, value);
    return new Answer(
        new Reply.Failure(failure.status(), failure.type(), failure.message(), headers),
        delay,
        gate);
  }
}

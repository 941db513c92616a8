package dev.braid.worker;

import java.util.List;
import java.util.Map;

/** What a request ends with. */
public sealed interface Reply {
  /** A message of the model. */
  record Message(List<Block> blocks, long inputTokens, long outputTokens) implements Reply {
    public Message {
      blocks = List.copyOf(blocks);
    }
  }

  /** An error of the API. */
  record Failure(int status, String type, String message, Map<String, String> headers)
      implements Reply {
    public Failure {
      headers = Map.copyOf(headers);
    }
  }

  /** Nothing, until the stub is closed. */
  record Hang() implements Reply {}

  /** A connection that is closed without a byte. */
  record Drop() implements Reply {}
}

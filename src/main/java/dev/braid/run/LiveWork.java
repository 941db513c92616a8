package dev.braid.run;

import dev.braid.claude.StreamEvent;
import java.util.HashMap;
import java.util.Map;

/** What a worker is doing, as far as its stream tells. */
final class LiveWork {
  /** Tokens by answer: the parts of one answer repeat them. */
  private final Map<String, Long> tokens = new HashMap<>();

  private String doing = "";

  void add(StreamEvent.Answered answered) {
    tokens.put(answered.message(), answered.tokens());
    String tool = answered.tool();
    if (tool != null) {
      doing = answered.detail().isEmpty() ? tool : tool + " " + answered.detail();
    }
  }

  /** The tool it uses, with what it is used for; empty before the first. */
  String doing() {
    return doing;
  }

  /** In and out, so far. */
  long tokens() {
    return tokens.values().stream().mapToLong(Long::longValue).sum();
  }
}

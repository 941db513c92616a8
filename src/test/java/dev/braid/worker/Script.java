package dev.braid.worker;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Answers that are given one after the other, in every conversation anew. */
final class Script implements Function<ApiRequest, Answer> {
  private final List<Answer> answers;
  private final Answer afterwards;
  private final Function<ApiRequest, String> conversation;
  private final Map<String, Integer> given = new HashMap<>();

  /**
   * Makes a script.
   *
   * @param afterwards for all requests when every answer has been given
   * @param conversation names what the request is part of
   */
  Script(List<Answer> answers, Answer afterwards, Function<ApiRequest, String> conversation) {
    this.answers = List.copyOf(answers);
    this.afterwards = afterwards;
    this.conversation = conversation;
  }

  @Override
  public synchronized Answer apply(ApiRequest request) {
    int next = given.merge(conversation.apply(request), 1, Integer::sum) - 1;
    return next < answers.size() ? answers.get(next) : afterwards;
  }
}

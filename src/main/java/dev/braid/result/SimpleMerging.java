package dev.braid.result;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The results as they are, by task. */
final class SimpleMerging implements Merging {
  private final ObjectNode results = JsonNodeFactory.instance.objectNode();
  private final Map<String, Integer> seen = new HashMap<>();

  @Override
  public @Nullable String add(TaskResult result, Fields fields) {
    String id = result.taskId().value();
    int times = seen.merge(id, 1, Integer::sum);
    // Results of several runs may be merged: the second task of one id must not replace the first.
    results.set(times == 1 ? id : id + " (" + times + ")", TaskResultJson.write(result));
    return null;
  }

  @Override
  public void addUnsuccessful(TaskResult result, Fields fields) {
    add(result, fields);
  }

  @Override
  public void write(ObjectNode section) {
    section.put("task_count", results.size());
    section.set("results", results);
  }
}

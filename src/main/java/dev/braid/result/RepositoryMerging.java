package dev.braid.result;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Repositories that were worked on and pushed, and how many commits each got. */
final class RepositoryMerging implements Merging {
  /** What {@code git commit} prints: {@code [main abc1234] Add the cart}. */
  private static final Pattern COMMIT =
      Pattern.compile(
          "^\\[(?:detached HEAD|[^\\s\\]]++)(?: \\(root-commit\\))? [0-9a-f]{4,64}\\] ",
          Pattern.MULTILINE);

  private final Map<String, Long> commits = new LinkedHashMap<>();
  private final Set<String> pushed = new HashSet<>();

  @Override
  public @Nullable String add(TaskResult result, Fields fields) {
    String repository = Merging.service(result, fields);
    long its = commitsOf(result, fields);
    boolean isPushed = !Boolean.FALSE.equals(fields.flag("pushed"));
    if (fields.problem() == null) {
      commits.merge(repository, its, Long::sum);
      if (isPushed) {
        pushed.add(repository);
      }
    }
    return fields.problem();
  }

  @Override
  public void write(ObjectNode section) {
    section.put("pushed_repos", pushed.size());
    section.put("total_commits", commits.values().stream().mapToLong(Long::longValue).sum());
    ArrayNode repositories = JsonNodeFactory.instance.arrayNode();
    commits.forEach((repository, count) ->
        repositories
            .addObject()
            .put("repository", repository)
            .put("commits", count)
            .put("pushed", pushed.contains(repository)));
    section.set("repositories", repositories);
  }

  private static long commitsOf(TaskResult result, Fields fields) {
    if (fields.isList("commits")) {
      return fields.list("commits").size();
    }
    Long count = fields.count("commits");
    if (count != null) {
      return count;
    }
    long printed = COMMIT.matcher(result.output()).results().count();
    if (printed == 0 && !Merging.isCommand(result)) {
      fields.fault("no commits, not even an empty list");
    }
    return printed;
  }
}

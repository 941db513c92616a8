package dev.braid.claude;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * An agent as {@code --agents} takes it. A worker needs one where the agent's own file lists tools
 * and leaves out the one by which results are returned: Claude Code would not offer it then,
 * whatever schema is asked for. Found with Claude Code 2.1.330.
 *
 * @param json the definition by the agent's name
 * @param lost keys of the agent's file that cannot be handed over
 */
public record AgentDefinition(String json, List<String> lost) {
  private static final String RESULT_TOOL = "StructuredOutput";
  private static final String TOOLS = "tools";
  private static final String ALL = "*";

  /** A name, perhaps with a rule in brackets; in between stand commas, spaces, quotes, dashes. */
  private static final Pattern TOOL = Pattern.compile("[^\\s,()\\[\\]\"']+(\\([^)]*\\))?");

  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,5}");
  private static final Set<String> LISTS = Set.of(TOOLS, "disallowedTools", "skills");

  /** What a key may say; Claude Code refuses a definition with anything else. */
  private static final Map<String, Pattern> TEXTS =
      Map.of(
          "description", Pattern.compile("(?s).+"),
          "model", Pattern.compile(".+"),
          "effort", Pattern.compile("low|medium|high|max"),
          "memory", Pattern.compile("user|project|local"));

  /** Looks do not matter to a worker, and its permissions are the task's. */
  private static final Set<String> NEEDLESS = Set.of("name", "color", "permissionMode");

  public AgentDefinition {
    lost = List.copyOf(lost);
  }

  /** What a worker has to be given; empty when the agent's own file will do. */
  public static Optional<AgentDefinition> forWorker(Described agent) throws IOException {
    return agent.hasBody()
        ? FrontMatter.of(Texts.read(agent.file())).flatMap(head -> forWorker(agent.name(), head))
        : Optional.empty();
  }

  private static Optional<AgentDefinition> forWorker(String name, FrontMatter head) {
    List<String> tools = words(head.field(TOOLS));
    if (tools.isEmpty() || tools.contains(ALL) || tools.contains(RESULT_TOOL)) {
      return Optional.empty();
    }
    ObjectNode definition = JsonNodeFactory.instance.objectNode();
    var lost = new ArrayList<String>();
    head.fields().keySet().stream()
        .sorted()
        .forEach(key -> {
          if (!NEEDLESS.contains(key) && !add(definition, key, head.field(key))) {
            lost.add(key);
          }
        });
    definition.withArray(TOOLS).add(RESULT_TOOL);
    definition.put("prompt", head.body());
    ObjectNode agents = JsonNodeFactory.instance.objectNode();
    agents.set(name, definition);
    return Optional.of(new AgentDefinition(agents.toString(), lost));
  }

  /** Whether it could be added. */
  private static boolean add(ObjectNode definition, String key, String value) {
    if (LISTS.contains(key)) {
      ArrayNode list = definition.putArray(key);
      words(value).forEach(list::add);
      return true;
    }
    if (key.equals("maxTurns") && NUMBER.matcher(value).matches()) {
      definition.put(key, Integer.parseInt(value));
      return true;
    }
    Pattern wanted = TEXTS.get(key);
    if (wanted == null || !wanted.matcher(value).matches()) {
      return false;
    }
    definition.put(key, value);
    return true;
  }

  /** The words of a list, in whichever of YAML's and Claude Code's notations it stands. */
  private static List<String> words(String list) {
    return TOOL.matcher(list)
        .results()
        .map(MatchResult::group)
        .filter(word -> !word.equals("-"))
        .toList();
  }
}

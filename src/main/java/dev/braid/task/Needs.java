package dev.braid.task;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The skill and agent that a task requires, and how to make them when they do not exist.
 *
 * @param skill name of a skill
 * @param skillDescription what it does, should it have to be made
 * @param skillCapabilities what it can do, should it have to be made
 * @param agent name of an agent
 * @param agentDescription what it does, should it have to be made
 * @param agentTools tools it may use, should it have to be made
 */
public record Needs(
    @Nullable String skill,
    @Nullable String skillDescription,
    List<String> skillCapabilities,
    @Nullable String agent,
    @Nullable String agentDescription,
    List<String> agentTools) {
  public static final Needs NOTHING = new Needs(null, null, List.of(), null, null, List.of());

  public Needs {
    skillCapabilities = List.copyOf(skillCapabilities);
    agentTools = List.copyOf(agentTools);
  }
}

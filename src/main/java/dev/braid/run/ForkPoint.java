package dev.braid.run;

/**
 * The conversation that made a run's tasks, up to where its workers start from.
 *
 * @param session that held it
 * @param upTo uuid of its last line that they see
 * @param contextTokens how large it is
 */
public record ForkPoint(String session, String upTo, long contextTokens) {}

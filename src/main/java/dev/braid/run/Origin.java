package dev.braid.run;

import java.nio.file.Path;

/**
 * The session of Claude Code that a run was taken over from; it is told what came out.
 *
 * @param session its id
 * @param list the folder of the list that the tasks were claimed in
 */
public record Origin(String session, Path list) {}

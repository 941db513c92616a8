package dev.braid.result;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * The results of several tasks as one.
 *
 * @param status that of the document
 * @param document one section when all tasks are of one type, else {@code status} and {@code
 *     sections} by type
 * @param warnings what was left out or merged otherwise than asked, one line each
 */
public record Merged(MergeStatus status, ObjectNode document, List<String> warnings) {
  public Merged {
    warnings = List.copyOf(warnings);
  }
}

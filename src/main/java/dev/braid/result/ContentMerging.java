package dev.braid.result;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Contents of files one after the other, each ending in a line break, and an index that says in
 * which lines each file stands. A name may stand for several files, read in different folders.
 */
final class ContentMerging implements Merging {
  /** Characters of all contents together; what would go beyond is an error of its task. */
  static final int MAX_LENGTH = 64 << 20;

  private record Content(String file, String text) {}

  private final StringBuilder contents = new StringBuilder();
  private final ObjectNode index = JsonNodeFactory.instance.objectNode();
  private long lines;

  @Override
  public @Nullable String add(TaskResult result, Fields fields) {
    List<Content> its = read(result, fields);
    long length = its.stream().mapToLong(content -> content.text().length() + 1L).sum();
    if (contents.length() + length > MAX_LENGTH) {
      fields.fault("contents left out: over " + MAX_LENGTH + " characters in all");
    }
    if (fields.problem() == null) {
      its.forEach(content -> append(result, content));
    }
    return fields.problem();
  }

  @Override
  public void write(ObjectNode section) {
    section.put("contents", contents.toString());
    section.set("index", index);
  }

  /** {@code files} with path and content, else {@code file} and {@code content}, else output. */
  private static List<Content> read(TaskResult result, Fields fields) {
    if (!fields.has("files")) {
      String file = fields.text("file");
      String text = fields.text("content");
      return List.of(
          new Content(
              file == null ? Merging.service(result, fields) : file,
              text == null ? result.output() : text));
    }
    var its = new ArrayList<Content>();
    for (JsonNode element : fields.list("files")) {
      JsonNode path = element.path("path");
      JsonNode text = element.path("content");
      if (!path.isTextual() || !text.isTextual()) {
        fields.fault("files: not a list of path and content");
        return List.of();
      }
      its.add(new Content(path.textValue(), text.textValue()));
    }
    return its;
  }

  private void append(TaskResult result, Content content) {
    String text = content.text();
    String whole = text.isEmpty() || text.endsWith("\n") ? text : text + "\n";
    long itsLines = whole.chars().filter(c -> c == '\n').count();
    contents.append(whole);
    index
        .withArrayProperty(content.file())
        .addObject()
        .put("task_id", result.taskId().value())
        .put("first_line", lines + 1)
        .put("lines", itsLines);
    lines += itsLines;
  }
}

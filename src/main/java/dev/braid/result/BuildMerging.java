package dev.braid.result;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was built: a build that succeeded needs no figures, its artifacts are a gain. */
final class BuildMerging implements Merging {
  private final List<String> built = new ArrayList<>();
  private final List<String> artifacts = new ArrayList<>();

  @Override
  public @Nullable String add(TaskResult result, Fields fields) {
    String service = Merging.service(result, fields);
    List<String> itsArtifacts = fields.texts("artifacts");
    if (fields.problem() == null) {
      built.add(service);
      artifacts.addAll(itsArtifacts);
    }
    return fields.problem();
  }

  @Override
  public void write(ObjectNode section) {
    built.forEach(section.putArray("built")::add);
    artifacts.forEach(section.putArray("artifacts")::add);
  }
}

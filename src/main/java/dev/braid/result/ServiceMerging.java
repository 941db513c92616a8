package dev.braid.result;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Services that were created, and the files of all of them. */
final class ServiceMerging implements Merging {
  private final List<String> services = new ArrayList<>();
  private final List<String> files = new ArrayList<>();

  @Override
  public @Nullable String add(TaskResult result, Fields fields) {
    if (!fields.has("service_name") && !fields.has("files")) {
      return "neither service_name nor files";
    }
    String service = Merging.service(result, fields);
    List<String> itsFiles = fields.texts("files");
    if (fields.problem() == null) {
      services.add(service);
      files.addAll(itsFiles);
    }
    return fields.problem();
  }

  @Override
  public void write(ObjectNode section) {
    services.forEach(section.putArray("created_services")::add);
    files.forEach(section.putArray("created_files")::add);
    section.put("total_files", files.size());
  }
}

package dev.braid.result;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What was deployed and where it answers; one that says it is not verified is not deployed. */
final class DeploymentMerging implements Merging {
  private static final Pattern URL = Pattern.compile("https?://[^\\s\"'<>()\\[\\]{}`|\\\\^]++");
  private static final Pattern PUNCTUATION_AT_END = Pattern.compile("[.,;:!?]+$");

  private final List<String> deployed = new ArrayList<>();
  private final Set<String> endpoints = new LinkedHashSet<>();

  @Override
  public @Nullable String add(TaskResult result, Fields fields) {
    String service = Merging.service(result, fields);
    List<String> its =
        fields.has("endpoints") ? fields.texts("endpoints") : urlsIn(result.output());
    if (Boolean.FALSE.equals(fields.flag("verified"))) {
      fields.fault("deployed, but not verified");
    }
    if (fields.problem() == null) {
      deployed.add(service);
      endpoints.addAll(its);
    }
    return fields.problem();
  }

  @Override
  public void write(ObjectNode section) {
    deployed.forEach(section.putArray("deployed")::add);
    endpoints.forEach(section.putArray("endpoints")::add);
  }

  private static List<String> urlsIn(String output) {
    return URL.matcher(output)
        .results()
        .map(MatchResult::group)
        .map(url -> PUNCTUATION_AT_END.matcher(url).replaceFirst(""))
        .toList();
  }
}

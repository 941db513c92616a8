package dev.braid.result;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tests and coverage of several services, added up. One failing test fails the section. */
final class TestMerging implements Merging {
  private final ArrayNode details = JsonNodeFactory.instance.arrayNode();
  private final List<String> warnings = new ArrayList<>();
  private TestFigures total = TestFigures.NONE;
  private @Nullable CoverageReport coverage;

  @Override
  public @Nullable String add(TaskResult result, Fields fields) {
    String service = Merging.service(result, fields);
    return switch (TestFigures.read(fields)) {
      case Parsed.Malformed<TestFigures>(String problem) -> problem;
      case Parsed.Ok<TestFigures>(TestFigures figures) -> {
        count(service, figures);
        cover(result, fields);
        yield null;
      }
    };
  }

  /** Tests that ran before a task was ended did run. */
  @Override
  public void addUnsuccessful(TaskResult result, Fields fields) {
    String service = Merging.service(result, fields);
    if (TestFigures.read(fields) instanceof Parsed.Ok<TestFigures>(TestFigures figures)) {
      count(service, figures);
      cover(result, fields);
    }
  }

  private void count(String service, TestFigures figures) {
    total = total.add(figures);
    details
        .addObject()
        .put("service", service)
        .put("tests", figures.tests())
        .put("passed", figures.passed())
        .put("failed", figures.failed());
  }

  private void cover(TaskResult result, Fields fields) {
    if (!fields.has("coverage")) {
      return;
    }
    switch (CoverageReport.read(fields)) {
      case Parsed.Ok<CoverageReport>(CoverageReport its) ->
          coverage = coverage == null ? its : coverage.add(its);
      case Parsed.Malformed<CoverageReport>(String problem) ->
          warnings.add(result.taskId() + ": left out, " + problem);
    }
  }

  @Override
  public MergeStatus status(MergeStatus ofTasks) {
    return total.failed() > 0 ? MergeStatus.FAILED : ofTasks;
  }

  @Override
  public void write(ObjectNode section) {
    section.put("total_tests", total.tests());
    section.put("passed", total.passed());
    section.put("failed", total.failed());
    section.put("skipped", total.skipped());
    section.put("pass_rate", total.passRate());
    if (coverage == null) {
      section.putNull("coverage");
    } else {
      coverage.putInto(section);
    }
    section.set("details", details);
  }

  @Override
  public List<String> warnings() {
    return warnings;
  }
}

package dev.braid.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.result.CoverageReport;
import dev.braid.result.JUnitReport;
import dev.braid.result.Parsed;
import dev.braid.result.RunnerSummary;
import dev.braid.task.Task;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds the reports that test tools left in a task's folder: JUnit XML and coverage, newer than the
 * task's start. A folder in which another testing task works is left to that one; when two share
 * the same folder, what the runner printed counts for both.
 */
final class TestReports {
  /** Folders below the task's own that are looked into. */
  private static final int MAX_DEPTH = 8;

  /** Files that are looked at by name, and reports that are read, for one task. */
  private static final int MAX_FILES = 50_000;

  private static final int MAX_REPORTS = 5_000;

  private static final Set<String> PASSED_OVER =
      Set.of(".git", "node_modules", ".gradle", ".m2", ".venv", "site-packages");

  private static final Set<String> COVERAGE_NAMES =
      Set.of("jacoco.xml", "cobertura.xml", "cobertura-coverage.xml", "coverage.xml", "lcov.info");

  /** A file's time may be coarser than the clock, by this much in milliseconds. */
  private static final long CLOCK_GRAIN_MS = 20;

  private final List<Path> folders;

  /**
   * @param folders where the testing tasks of the run work, one for each task
   */
  TestReports(List<Path> folders) {
    this.folders = List.copyOf(folders);
  }

  /** Puts the figures of a testing task into its result, as far as there are any. */
  void putFigures(
      Task task,
      Path folder,
      Instant since,
      String output,
      ObjectNode fields,
      List<String> warnings)
      throws IOException {
    Found found = search(folder, since);
    JUnitReport tests = null;
    for (Path report : found.tests) {
      switch (JUnitReport.read(Files.readAllBytes(report))) {
        case Parsed.Ok<JUnitReport>(var read) -> tests = tests == null ? read : tests.add(read);
        case Parsed.Malformed<JUnitReport>(var problem) ->
            warnings.add("test report " + folder.relativize(report) + " left out: " + problem);
      }
    }
    boolean shared = folders.stream().filter(folder::equals).count() > 1;
    if (tests != null && !shared) {
      tests.figures().putInto(fields, tests.failing());
    } else {
      RunnerSummary.read(output).ifPresent(figures -> figures.putInto(fields, List.of()));
    }
    if (!shared) {
      putCoverage(folder, found.coverage, fields, warnings);
    } else if (tests != null) {
      warnings.add(task.id() + " shares its folder with another testing task: reports left out");
    }
  }

  private static void putCoverage(
      Path folder, List<Path> reports, ObjectNode fields, List<String> warnings)
      throws IOException {
    CoverageReport coverage = null;
    for (Path report : reports) {
      switch (CoverageReport.read(Files.readAllBytes(report))) {
        case Parsed.Ok<CoverageReport>(var read) ->
            coverage = coverage == null ? read : coverage.add(read);
        case Parsed.Malformed<CoverageReport>(var problem) ->
            warnings.add("coverage report " + folder.relativize(report) + " left out: " + problem);
      }
    }
    if (coverage != null) {
      coverage.putInto(fields);
    }
  }

  private Found search(Path folder, Instant since) throws IOException {
    var found = new Found(folder, since.toEpochMilli() - CLOCK_GRAIN_MS, this::belongsToAnother);
    if (Files.isDirectory(folder)) {
      Files.walkFileTree(
          folder, EnumSet.noneOf(java.nio.file.FileVisitOption.class), MAX_DEPTH, found);
    }
    return found;
  }

  private boolean belongsToAnother(Path folder) {
    return folders.contains(folder);
  }

  /** Collects reports by name and age. Links are not followed. */
  private static final class Found extends SimpleFileVisitor<Path> {
    private final List<Path> tests = new ArrayList<>();
    private final List<Path> coverage = new ArrayList<>();
    private final Path root;
    private final long sinceMillis;
    private final Predicate<Path> foreign;
    private int seen;

    Found(Path root, long sinceMillis, Predicate<Path> foreign) {
      this.root = root;
      this.sinceMillis = sinceMillis;
      this.foreign = foreign;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      boolean skipped =
          !folder.equals(root) && (PASSED_OVER.contains(nameOf(folder)) || foreign.test(folder));
      return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      if (++seen > MAX_FILES || tests.size() > MAX_REPORTS) {
        return FileVisitResult.TERMINATE;
      }
      if (attributes.isRegularFile() && attributes.lastModifiedTime().toMillis() >= sinceMillis) {
        String name = nameOf(file);
        if (COVERAGE_NAMES.contains(name)) {
          coverage.add(file);
        } else if (name.endsWith(".xml") && startsLikeReport(file)) {
          tests.add(file);
        }
      }
      return FileVisitResult.CONTINUE;
    }

    /** A file that cannot be read is none of ours. */
    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
      return FileVisitResult.CONTINUE;
    }

    private static boolean startsLikeReport(Path file) throws IOException {
      try (var input = Files.newInputStream(file)) {
        String start = new String(input.readNBytes(512), java.nio.charset.StandardCharsets.UTF_8);
        return start.contains("<testsuite");
      }
    }

    private static String nameOf(Path path) {
      @Nullable Path name = path.getFileName();
      return name == null ? "" : name.toString();
    }
  }
}

package dev.braid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Figures of testing tasks, taken from the reports of tools that really ran. */
class TestToolsIT {
  @TempDir Path temporary;
  Path project = Path.of("project");

  @BeforeEach
  void make_project_folder() throws IOException {
    project = Files.createDirectory(temporary.resolve("project"));
  }

  @Test
  void the_report_of_node_is_read() throws Exception {
    assumeThat(Program.isInstalled("node")).isTrue();
    Files.writeString(
        project.resolve("sums.test.mjs"),
        """
        import assert from "node:assert/strict";
        import { describe, test } from "node:test";

        describe("sums", () => {
          test("of nothing", () => assert.equal([].length, 0));
          test("of two", () => assert.equal(1 + 1, 2));
          test("of tenths", () => assert.equal(0.1 + 0.2, 0.3));
          test.skip("of infinity", () => {});
        });
        """);

    JsonNode section =
        merged(
            "node --test --test-reporter=junit --test-reporter-destination=report.xml >tool.log",
            1);

    assertFigures(section, 4, 2, 1, 1);
  }

  @Test
  void the_reports_of_maven_are_read() throws Exception {
    assumeThat(Program.isInstalled("mvn")).isTrue();
    Files.writeString(project.resolve("pom.xml"), mavenProject());
    Path tests = Files.createDirectories(project.resolve("src/test/java"));
    Files.writeString(
        tests.resolve("SumTest.java"), testClass("SumTest", "assertEquals(2, 1 + 1)"));
    Files.writeString(
        tests.resolve("TenthTest.java"), testClass("TenthTest", "assertEquals(0.3, 0.1 + 0.2)"));

    // What is printed goes to a file: the figures can only come from the reports.
    JsonNode section = merged("mvn -B -o" + localRepository() + " test >tool.log 2>&1", 1);

    assertFigures(section, 6, 3, 1, 2);
  }

  private JsonNode merged(String command, int exitCode) throws IOException, InterruptedException {
    Files.writeString(
        temporary.resolve("tasks.json"),
        """
        [{"id": "tests", "type": "testing", "cwd": "project", "command": "%s"}]
        """
            .formatted(command));
    Program.Ended ended = new Program(temporary).call(temporary, "run", "--json", "tasks.json");
    assertThat(ended.code()).as("%s%n%s", ended.err(), ended.out()).isEqualTo(exitCode);
    return ended.json().path("merged");
  }

  private void assertFigures(JsonNode section, int tests, int passed, int failed, int skipped)
      throws IOException {
    String log = Files.readString(project.resolve("tool.log"));
    assertThat(section.path("total_tests").asInt()).as(log).isEqualTo(tests);
    assertThat(section.path("passed").asInt()).isEqualTo(passed);
    assertThat(section.path("failed").asInt()).isEqualTo(failed);
    assertThat(section.path("skipped").asInt()).isEqualTo(skipped);
    assertThat(section.path("status").asText()).isEqualTo("failed");
  }

  /** Three tests: one that passes, one as given, one that is disabled. */
  private static String testClass(String name, String assertion) {
    return """
    import static org.junit.jupiter.api.Assertions.assertEquals;

    import org.junit.jupiter.api.Disabled;
    import org.junit.jupiter.api.Test;

    class %s {
      @Test
      void of_nothing() {
        assertEquals(0, 0);
      }

      @Test
      void of_some() {
        %s;
      }

      @Test
      @Disabled
      void of_infinity() {}
    }
    """
        .formatted(name, assertion);
  }

  /** Needs only what this project's own build has fetched already: the same versions, offline. */
  private static String mavenProject() throws IOException {
    String pom = Files.readString(Program.HOME.resolve("pom.xml"));
    return """
    <project xmlns="http://maven.apache.org/POM/4.0.0">
      <modelVersion>4.0.0</modelVersion>
      <groupId>example</groupId>
      <artifactId>sums</artifactId>
      <version>1</version>
      <properties>
        <maven.compiler.release>17</maven.compiler.release>
        <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
      </properties>
      <dependencies>
        <dependency>
          <groupId>org.junit.jupiter</groupId>
          <artifactId>junit-jupiter</artifactId>
          <version>%s</version>
          <scope>test</scope>
        </dependency>
      </dependencies>
      <build>
        <plugins>%s%s%s</plugins>
      </build>
    </project>
    """
        .formatted(
            first(pom, "<junit.version>([^<]+)<"),
            plugin(pom, "maven-resources-plugin"),
            plugin(pom, "maven-compiler-plugin"),
            plugin(pom, "maven-surefire-plugin"));
  }

  private static String plugin(String pom, String name) {
    String version = first(pom, "<artifactId>" + name + "</artifactId>\\s*<version>([^<]+)<");
    return "<plugin><artifactId>"
        + name
        + "</artifactId><version>"
        + version
        + "</version></plugin>";
  }

  private static String first(String text, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    assertThat(matcher.find()).as("pom.xml has %s", pattern).isTrue();
    return matcher.group(1);
  }

  /** Where this build keeps its artifacts, as the plugin that runs the tests says. */
  private static String localRepository() {
    String folder = System.getProperty("localRepository", "");
    return folder.isEmpty() ? "" : " -Dmaven.repo.local='" + folder + "'";
  }
}

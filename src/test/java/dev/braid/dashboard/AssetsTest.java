package dev.braid.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AssetsTest {
  private static final Path FOLDER = Path.of("src/main/resources/dashboard");
  private static final int MOST_LINES = 400;
  private static final Pattern IMPORT = Pattern.compile("from \"\\./([^\"]+)\"");

  static List<String> own() {
    return Assets.OWN;
  }

  static List<String> names() {
    return Stream.concat(Assets.OWN.stream(), Assets.LIBRARIES.keySet().stream()).toList();
  }

  private static String text(String name) {
    return Assets.find(name).orElseThrow().text();
  }

  @Test
  void every_file_of_the_folder_is_on_the_list() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      assertThat(files.map(file -> String.valueOf(file.getFileName())))
          .containsExactlyInAnyOrderElementsOf(Assets.OWN);
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void each_is_there_and_as_short_as_a_class(String name) {
    assertThat(text(name)).isNotBlank();
    assertThat(text(name).lines()).hasSizeLessThanOrEqualTo(MOST_LINES);
  }

  @ParameterizedTest
  @MethodSource("names")
  void what_one_imports_is_on_the_list(String name) {
    Matcher imports = IMPORT.matcher(text(name));
    while (imports.find()) {
      assertThat(Assets.find(imports.group(1)))
          .as(name + " imports " + imports.group(1))
          .isPresent();
    }
  }

  @ParameterizedTest
  @MethodSource("own")
  void nothing_is_written_that_the_policy_for_content_forbids(String name) {
    assertThat(text(name))
        .doesNotContain("innerHTML", "eval(", "new Function", "style=\"", "javascript:", "<style")
        .doesNotContainPattern("\\son[a-z]+=\"")
        .doesNotContainPattern("<script(?! type=\"module\" src=\"app\\.js\")");
  }

  @ParameterizedTest
  @MethodSource("names")
  void nothing_comes_from_elsewhere(String name) {
    assertThat(text(name).replace("http://www.w3.org/2000/svg", ""))
        .doesNotContain("http://", "https://", "@import", "url(");
  }

  @Test
  void no_name_is_the_page_itself() {
    assertThat(Assets.find("")).isEqualTo(Assets.find("index.html")).isPresent();
    assertThat(text("")).contains("<script type=\"module\" src=\"app.js\">");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../app.js", "lib/../app.js", "lib/", "lib/htm.js", "app.js/", "APP.JS"})
  void any_other_name_is_nothing(String name) {
    assertThat(Assets.find(name)).isEmpty();
  }
}

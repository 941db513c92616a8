package dev.braid.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonFileTest {
  @Test
  void a_byte_order_mark_is_no_fault() {
    assertThat(JsonFile.parse("\uFEFF{\"a\":1}".getBytes(UTF_8)))
        .isInstanceOf(JsonFile.Content.class);
  }

  @Test
  void a_key_given_twice_is_a_fault() {
    assertThat(problem("{\"a\":1,\n\"a\":2}"))
        .contains("line 2")
        .contains("Duplicate")
        .contains("a");
  }

  @Test
  void text_after_the_object_is_a_fault() {
    assertThat(problem("{} {}")).startsWith("is not good JSON");
  }

  @Test
  void an_unfinished_object_is_a_fault_on_one_line() {
    assertThat(problem("{\"a\":")).startsWith("is not good JSON: line 1").doesNotContain("\n");
  }

  @Test
  void deep_nesting_is_a_fault() {
    assertThat(problem("{\"a\":" + "[".repeat(100_000))).contains("depth");
  }

  @Test
  void other_encodings_are_a_fault() {
    byte[] latin = "{\"a\":\"é\"}".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(JsonFile.parse(latin)).isEqualTo(new JsonFile.Broken("is not UTF-8 text"));
  }

  @Test
  void an_empty_file_is_a_fault() {
    assertThat(problem(" \n")).isEqualTo("is empty");
  }

  @Test
  void more_than_a_mebibyte_is_a_fault() {
    String padding = " ".repeat(JsonFile.MAX_BYTES - 2);
    assertThat(JsonFile.parse(("{}" + padding).getBytes(UTF_8)))
        .isInstanceOf(JsonFile.Content.class);
    assertThat(problem("{}" + padding + " ")).isEqualTo("is larger than 1 MiB");
  }

  @Test
  void a_folder_is_a_fault_and_nothing_is_absent(@TempDir Path folder) throws IOException {
    assertThat(JsonFile.read(folder)).isEqualTo(new JsonFile.Broken("is not a file"));
    assertThat(JsonFile.read(folder.resolve("none"))).isEqualTo(new JsonFile.Absent());
    Path below = Files.createFile(folder.resolve("file")).resolve("below");
    assertThat(JsonFile.read(below)).isEqualTo(new JsonFile.Absent());
  }

  @Test
  void what_steers_a_terminal_is_shown_escaped() {
    assertThat(Findings.clean("a\u001b[31mb\u202e")).isEqualTo("a\\u001b[31mb\\u202e");
  }

  private static String problem(String text) {
    return JsonFile.parse(text.getBytes(UTF_8)) instanceof JsonFile.Broken(String problem)
        ? problem
        : "none";
  }
}

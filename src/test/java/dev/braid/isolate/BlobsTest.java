package dev.braid.isolate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlobsTest {
  @TempDir Path folder;
  private Git git;

  @BeforeEach
  void begin() throws IOException {
    git = new GitLab(folder).repository().git();
  }

  @Test
  void each_blob_comes_byte_for_byte_and_in_order() throws IOException {
    var texts = List.of("a\n", "", "\n\n7\n\0b", "x".repeat(20 << 20), "y".repeat(40 << 20), "a\n");
    var ids = new ArrayList<String>();
    for (String text : texts) {
      ids.add(git.run(bytes(text), "hash-object", "-w", "--stdin").text());
    }
    var read = new ArrayList<String>();

    Blobs.read(
        git,
        ids,
        (index, bytes) -> {
          assertThat(index).isEqualTo(read.size());
          read.add(new String(bytes, StandardCharsets.US_ASCII));
        });

    assertThat(read.equals(texts)).isTrue();
  }

  @Test
  void no_blob_is_no_call_and_one_that_git_does_not_have_is_an_error() throws IOException {
    String none = "0123456789".repeat(4);

    Blobs.read(git, List.of(), (_, _) -> {});

    assertThatThrownBy(() -> Blobs.read(git, List.of(none), (_, _) -> {}))
        .isInstanceOf(GitException.class)
        .hasMessage("git has no blob " + none);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}

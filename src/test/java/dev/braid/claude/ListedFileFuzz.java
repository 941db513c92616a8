package dev.braid.claude;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.fuzz.Bounds;
import dev.braid.fuzz.Scratch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;

class ListedFileFuzz {
  private static final Path LIST = Scratch.folder();
  private static final Path FILE = LIST.resolve("1.json");
  private static final String RUN = "0192a3b4-c5d6-7e8f-9a0b-c1d2e3f4a5b6";
  private static final ObjectMapper EXACT =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  @FuzzTest
  void what_is_claimed_and_given_back_is_as_it_was(byte[] bytes) throws IOException {
    Files.write(FILE, bytes);
    var file = new ListedFile(LIST, "1", InstantSource.system());

    ListedFile.Change claimed = Bounds.within(() -> file.claim(RUN, /* isReserved= */ false));

    if (claimed != ListedFile.Change.DONE) {
      assertThat(claimed).isEqualTo(ListedFile.Change.UNFIT);
      assertThat(Files.readAllBytes(FILE)).isEqualTo(bytes);
      return;
    }
    assertThat(file.run()).contains(RUN);
    assertThat(file.begin(RUN)).isEqualTo(ListedFile.Change.DONE);
    assertThat(file.giveBack(RUN, null)).isEqualTo(ListedFile.Change.DONE);
    JsonNode left = unowned(Files.readAllBytes(FILE));
    assertThat(left.equals(ListedFileFuzz::difference, unowned(bytes)))
        .as(left + " is as it was")
        .isTrue();
    try (var files = Files.list(LIST)) {
      assertThat(files.filter(each -> each.toString().endsWith(".braid"))).isEmpty();
    }
  }

  /** A number is its digits and its scale, however it is written: 1E+0 is 1, and not 1.0. */
  private static int difference(JsonNode one, JsonNode other) {
    boolean areNumbers = one.isNumber() && other.isNumber();
    return areNumbers
        ? one.decimalValue().toString().compareTo(other.decimalValue().toString())
        : Boolean.compare(one.equals(other), true);
  }

  /** Without what tells of an owner, and of Braid. */
  private static JsonNode unowned(byte[] bytes) throws IOException {
    ObjectNode task = EXACT.readValue(bytes, ObjectNode.class);
    task.remove("owner");
    if (task.path("metadata") instanceof ObjectNode metadata) {
      metadata.remove(Claim.RUN);
      if (metadata.isEmpty()) {
        task.remove("metadata");
      }
    }
    return task;
  }
}

package dev.braid.claude;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TaskListProperties {
  private static final int MUTATIONS = 100;
  private static final String TASK =
      """
      {"id":"1","subject":"s","description":"d","status":"pending","blocks":["2"],"blockedBy":[],\
      "owner":"braid","metadata":{"type":"test","braid":"no","cwd":"sub","env":{"A":"1"}}}\
      """;

  @TempDir private Path list;

  static LongStream seeds() {
    return LongStream.range(0, 20);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void no_mutation_of_a_file_throws_or_breaks_the_line(long seed) throws IOException {
    var random = new Random(seed);
    Files.writeString(list.resolve("2.json"), TASK.replace("\"1\",\"sub", "\"2\",\"sub"));
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] mutated = TASK.getBytes(StandardCharsets.UTF_8);
      for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
        mutated[random.nextInt(mutated.length)] = (byte) random.nextInt(128);
      }
      Files.write(list.resolve("1.json"), mutated);

      var listing = TaskList.read(list, list, random.nextBoolean(), Claimant.PERSON);
      listing.warnings().forEach(warning -> assertOneLine(seed, warning));
      listing.leftAlone().forEach(left -> assertOneLine(seed, left.reason()));
    }
  }

  private static void assertOneLine(long seed, String line) {
    assertThat(line.codePoints().anyMatch(Character::isISOControl)).as("seed %d", seed).isFalse();
    assertThat(line).as("seed %d", seed).isNotBlank().hasSizeLessThan(1_000);
  }
}

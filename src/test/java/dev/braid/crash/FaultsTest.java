package dev.braid.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FaultsTest {
  private static final Pattern POINT =
      Pattern.compile("FaultPoint\\.(?:pass|sync)\\(\\s*\"([^\"]+)\"");

  private static Set<String> inSources() throws IOException {
    var names = new TreeSet<String>();
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
        Matcher matcher = POINT.matcher(Files.readString(file));
        while (matcher.find()) {
          names.add(matcher.group(1));
        }
      }
    }
    return names;
  }

  @Test
  void every_fault_point_of_the_program_is_struck_by_the_campaign() throws IOException {
    Set<String> known = new TreeSet<>(Faults.ELSEWHERE);
    Faults.ALL.forEach(each -> known.add(each.fault().point()));

    assertThat(known).isEqualTo(inSources());
  }

  @Test
  void rounds_with_even_seeds_come_to_every_fault() {
    Set<String> struck = new TreeSet<>();
    for (long seed = 700; seed < 700 + 2L * Faults.ALL.size(); seed++) {
      if (seed % 2 == 0) {
        struck.add(String.valueOf(Round.of(seed).blows().getLast().fault()));
      }
    }

    Set<String> known = new TreeSet<>();
    Faults.ALL.forEach(each -> known.add(each.fault().toString()));
    assertThat(struck).isEqualTo(known);
  }
}

package dev.braid.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.fuzz.Bounds;
import dev.braid.fuzz.Scratch;
import dev.braid.store.Journal;
import dev.braid.store.JournalReader;
import dev.braid.store.Json;
import dev.braid.store.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

class JournalFuzz {
  private static final RunFolder RUN = new RunFolder(Scratch.folder());
  private static final Path FILE = RUN.journal();
  private static final ObjectNode OWNED =
      EntryJson.write(new Entry.Owned(Instant.parse("2026-11-27T12:00:00Z"), "a test"));

  @FuzzTest
  void a_journal_is_read_as_far_as_it_is_whole_and_goes_on(byte[] bytes) throws IOException {
    Files.write(FILE, bytes);
    List<ObjectNode> lines = Bounds.within(() -> Journal.read(FILE));
    Replay replay = Bounds.within(() -> Replay.of(RUN));

    lines.forEach(JournalFuzz::assertReadsBack);
    assertThat(replay.results().values()).doesNotContainNull();
    replay.parkedInWords().ifPresent(words -> assertThat(words).isNotBlank());
    assertThat(inTwoSteps(bytes)).isEqualTo(lines);
    assertGoesOn(bytes, lines);
  }

  private static void assertReadsBack(ObjectNode line) {
    Entry entry = EntryJson.read(line);
    if (entry != null) {
      ObjectNode written = Json.parseObject(Json.line(EntryJson.write(entry)));
      assertThat(EntryJson.read(Objects.requireNonNull(written))).isEqualTo(entry);
    }
  }

  private static List<ObjectNode> inTwoSteps(byte[] bytes) throws IOException {
    int cut = bytes.length == 0 ? 0 : Byte.toUnsignedInt(bytes[0]) % bytes.length;
    Files.write(FILE, Arrays.copyOf(bytes, cut));
    var reader = new JournalReader(FILE);
    var lines = new ArrayList<>(reader.next());
    Files.write(FILE, Arrays.copyOfRange(bytes, cut, bytes.length), StandardOpenOption.APPEND);
    lines.addAll(reader.next());
    return lines;
  }

  /** The next owner drops a torn last line, and nothing else. */
  private static void assertGoesOn(byte[] bytes, List<ObjectNode> lines) throws IOException {
    try (Journal journal = Journal.open(FILE)) {
      journal.append(OWNED).join();
    }
    int whole = bytes.length;
    while (whole > 0 && bytes[whole - 1] != '\n') {
      whole--;
    }
    assertThat(Arrays.copyOf(Files.readAllBytes(FILE), whole))
        .isEqualTo(Arrays.copyOf(bytes, whole));
    var expected = new ArrayList<>(lines);
    expected.add(OWNED);
    assertThat(Journal.read(FILE)).isEqualTo(expected);
  }
}

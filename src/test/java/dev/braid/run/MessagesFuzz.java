package dev.braid.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.braid.fuzz.Bounds;
import dev.braid.fuzz.Scratch;
import dev.braid.protocol.Endpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

class MessagesFuzz {
  private static final Path ENDPOINT = Scratch.folder().resolve("endpoint.json");

  private static final Path LISTS = Path.of("/root/tasks");

  /** What a daemon and its callers send each other, and where they find it. */
  @FuzzTest
  void a_message_is_none_or_reads_back(byte[] bytes) throws IOException {
    String text = Scratch.text(bytes);
    Optional<RunCall> call = Bounds.within(() -> RunCall.read(text));
    call.ifPresent(read -> assertThat(RunCall.read(read.text())).isEqualTo(call));

    RunEvent event = Bounds.within(() -> RunEventJson.read(text));
    if (event != null) {
      assertThat(RunEventJson.read(RunEventJson.write(event))).isEqualTo(event);
    }

    Optional<ClaimNote> claimed = Bounds.within(() -> ClaimNote.read(text, LISTS));
    if (claimed.isPresent()) {
      assertThat(claimed.get().list()).startsWithRaw(LISTS);
      assertThat(ClaimNote.read(claimed.get().text(), LISTS)).isEqualTo(claimed);
    }

    Files.write(ENDPOINT, bytes);
    Optional<Endpoint> endpoint = Bounds.within(() -> Endpoint.read(ENDPOINT));
    if (endpoint.isPresent()) {
      assertThat(endpoint.get().port()).isBetween(1, 65_535);
      Files.writeString(ENDPOINT, endpoint.get().text());
      assertThat(Endpoint.read(ENDPOINT)).isEqualTo(endpoint);
    }
  }
}

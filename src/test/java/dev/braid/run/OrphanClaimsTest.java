package dev.braid.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.config.Places;
import dev.braid.store.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrphanClaimsTest {
  private static final InstantSource CLOCK = InstantSource.system();
  private static final String RESERVATION = "reserved-1";

  @TempDir private Path root;

  private Path list = Path.of("");
  private Handover handover = new Handover(list);
  private OrphanClaims orphans = new OrphanClaims(new RunStore(new Places(list)), CLOCK);

  @BeforeEach
  void reserveTwoTasksAndDie() throws IOException {
    var places = new Places(root);
    list = Files.createDirectories(places.taskLists().resolve("a-list"));
    handover = Handover.of(places, "a-session");
    orphans = new OrphanClaims(new RunStore(places), CLOCK);
    for (String task : List.of("1", "2")) {
      String text =
          """
          {"id":"%s","subject":"s","description":"d","status":"in_progress","blocks":[],\
          "blockedBy":[],"owner":"braid"}\
          """
              .formatted(task);
      Files.writeString(list.resolve(task + ".json"), text);
    }
    handover.expect(RESERVATION, root, OrphanClaims.text(list, List.of("1", "2")));
  }

  private String task(String id) throws IOException {
    return AtomicFile.text(list.resolve(id + ".json"));
  }

  @Test
  void what_nobody_runs_is_the_sessions_again() throws IOException {
    orphans.release();

    assertThat(task("1")).contains("pending").doesNotContain("owner");
    assertThat(task("2")).contains("pending").doesNotContain("owner");
    assertThat(handover.expected()).isEmpty();
  }

  @Test
  void what_is_locked_is_left_and_given_back_later() throws IOException {
    Path lock = Files.createDirectory(list.resolve("2.json.lock"));
    orphans.releaseSoon();

    assertThat(orphans.isAnyLeft()).isTrue();
    assertThat(task("1")).contains("pending");
    assertThat(task("2")).contains("\"owner\":\"braid\"");
    assertThat(handover.expected()).as("the session waits").hasSize(1);

    Files.delete(lock);
    orphans.releaseRest();
    assertThat(task("2")).contains("pending").doesNotContain("owner");
    assertThat(handover.expected()).isEmpty();
    assertThat(orphans.isAnyLeft()).isFalse();
  }

  @Test
  void what_was_reserved_again_meanwhile_stays() throws IOException {
    Path lock = Files.createDirectory(list.resolve("2.json.lock"));
    orphans.releaseSoon();
    String again = task("2").replace("\"2\"", "\"1\"");
    Files.writeString(list.resolve("1.json"), again);
    Files.delete(lock);
    orphans.releaseRest();

    assertThat(task("1")).isEqualTo(again);
  }
}

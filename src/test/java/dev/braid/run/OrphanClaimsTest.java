package dev.braid.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.config.Places;
import dev.braid.store.AtomicFile;
import dev.braid.store.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrphanClaimsTest {
  private static final InstantSource CLOCK = InstantSource.system();
  private static final String RESERVATION = "reserved-1";

  @TempDir private Path root;

  private final List<String> warnings = new ArrayList<>();
  private Path list = Path.of("");
  private Handover handover = new Handover(list);
  private OrphanClaims orphans =
      new OrphanClaims(new RunStore(new Places(list)), CLOCK, warnings::add);

  @BeforeEach
  void reserveTwoTasksAndDie() throws IOException {
    var places = new Places(root);
    list = Files.createDirectories(places.taskLists().resolve("a-list"));
    handover = Handover.of(places, "a-session");
    orphans = new OrphanClaims(new RunStore(places), CLOCK, warnings::add);
    for (String task : List.of("1", "2")) {
      String text =
          """
          {"id":"%s","subject":"s","description":"d","status":"in_progress","blocks":[],\
          "blockedBy":[],"owner":"braid"}\
          """
              .formatted(task);
      Files.writeString(list.resolve(task + ".json"), text);
    }
    handover.expect(RESERVATION, root, new ClaimNote(list, List.of("1", "2")).text());
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

  private List<String> news(Handover of) throws IOException {
    var texts = new ArrayList<String>();
    for (Handover.Taken taken : of.take(new FakeProcesses())) {
      texts.add(taken.text());
      taken.told();
    }
    return texts;
  }

  /** Nobody can write this task: its unfinished copy is a folder that is not empty. */
  private Path unwritable(String task) throws IOException {
    Path copy = Files.createDirectory(list.resolve("." + task + ".braid"));
    Files.createFile(copy.resolve("in it"));
    return copy;
  }

  @Test
  void a_session_whose_claims_nobody_runs_is_told_so() throws IOException {
    orphans.release();

    assertThat(news(handover))
        .containsExactly(
            "Braid did not take over #1, #2: Braid ended before they were begun."
                + " They are pending and without an owner again.\n");
  }

  @Test
  void what_cannot_be_written_keeps_nothing_else_from_being_given_back() throws IOException {
    var _ = unwritable("1");
    Handover other = Handover.of(new Places(root), "a-session-more");
    Files.writeString(list.resolve("3.json"), task("2").replace("\"2\"", "\"3\""));
    other.expect("reserved-2", root, new ClaimNote(list, List.of("3")).text());

    orphans.release();

    assertThat(task("1")).contains("\"owner\":\"braid\"");
    assertThat(task("2")).contains("pending");
    assertThat(task("3")).contains("pending");
    assertThat(warnings).singleElement().asString().contains("task 1", list.toString());
  }

  @Test
  void what_cannot_be_written_is_told_once_and_waited_for_by_nobody() throws IOException {
    var _ = unwritable("2");

    orphans.release();
    assertThat(news(handover))
        .singleElement()
        .asString()
        .contains("#1, #2", "yours again, though their list could not be told");
    orphans.release();

    assertThat(news(handover)).isEmpty();
    assertThat(handover.expected()).noneMatch(Handover.Expected::isAwaited).hasSize(1);
  }

  @Test
  void what_could_not_be_written_is_given_back_when_it_can() throws IOException {
    Path inTheWay = unwritable("2");
    orphans.release();
    Trees.delete(inTheWay);

    orphans.releaseKept(handover);

    assertThat(task("2")).contains("pending").doesNotContain("owner");
    assertThat(handover.expected()).isEmpty();
  }

  @Test
  void what_is_kept_for_a_run_that_is_there_stays() throws IOException {
    String run = "01990000-0000-7000-8000-000000000001";
    Path request = new RunStore(new Places(root)).folder(new RunId(run)).request();
    Files.createDirectories(request.resolveSibling("."));
    Files.createFile(request);
    handover.expect(run, root, new ClaimNote(list, List.of("1")).text());
    handover.park(new RunId(run), "a limit");

    orphans.releaseKept(handover);

    assertThat(task("1")).contains("\"owner\":\"braid\"");
    assertThat(handover.expected()).hasSize(2);
  }

  @Test
  void what_nothing_knows_of_is_given_back_and_nothing_else() throws IOException {
    String mine = task("2").replace("\"2\"", "\"%s\"");
    String ofRun = mine.replace("\"owner\"", "\"metadata\":{\"braid_run\":\"%s\"},\"owner\"");
    String gone = "01990000-0000-7000-8000-000000000001";
    String there = "01990000-0000-7000-8000-000000000002";
    Path request = new RunStore(new Places(root)).folder(new RunId(there)).request();
    Files.createDirectories(request.resolveSibling("."));
    Files.createFile(request);
    Files.writeString(list.resolve("3.json"), mine.formatted("3"));
    Files.writeString(list.resolve("4.json"), ofRun.formatted("4", gone));
    Files.writeString(list.resolve("5.json"), ofRun.formatted("5", there));
    Files.writeString(list.resolve("6.json"), mine.formatted("6").replace("\"braid\"", "\"me\""));

    orphans.releaseStrays();

    assertThat(task("3")).contains("pending").doesNotContain("owner");
    assertThat(task("4")).contains("pending").doesNotContain("owner", "braid_run");
    for (String kept : List.of("1", "2", "5", "6")) {
      assertThat(task(kept)).as(kept).contains("in_progress", "owner");
    }
    assertThat(warnings).isEmpty();
  }

  @Test
  void a_run_that_does_not_begin_gives_back_what_was_reserved_and_what_was_claimed()
      throws IOException {
    String run = "01990000-0000-7000-8000-000000000001";
    Files.writeString(
        list.resolve("2.json"),
        task("2").replace("\"owner\"", "\"metadata\":{\"braid_run\":\"" + run + "\"},\"owner\""));
    handover.expect(run, root, new ClaimNote(list, List.of("2")).text());

    orphans.giveUp(handover, List.of(run, RESERVATION), "no space left");

    assertThat(task("1")).contains("pending").doesNotContain("owner");
    assertThat(task("2")).contains("pending").doesNotContain("owner", "braid_run");
    assertThat(news(handover)).singleElement().asString().contains("#1, #2: no space left.");
    assertThat(handover.expected()).isEmpty();
  }
}

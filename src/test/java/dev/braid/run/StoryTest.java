package dev.braid.run;

import static dev.braid.cli.WrittenRun.FINISHED;
import static dev.braid.cli.WrittenRun.OWNED;
import static dev.braid.cli.WrittenRun.ended;
import static dev.braid.cli.WrittenRun.retried;
import static dev.braid.cli.WrittenRun.starting;
import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.cli.WrittenRun;
import dev.braid.run.Story.Happening;
import dev.braid.run.Story.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoryTest {
  private static final String TASKS = "[{'id':'a','command':'true'}]";

  @TempDir private Path root;

  private static List<Happening> advance(Story story) throws IOException {
    var all = new ArrayList<Happening>();
    story.advance(all::add);
    return all;
  }

  @Test
  void a_run_is_told_from_its_owner_to_its_end() throws IOException {
    WrittenRun run =
        WrittenRun.of(root, 1, TASKS)
            .with(
                OWNED,
                starting("a", 1, 0, 1),
                retried("a", 1, 3),
                starting("a", 2, 1, 5),
                ended("a", "failed", 7, ",'failure':'exit','error':'bad','cost_usd':0.25"),
                FINISHED);

    List<Happening> told = advance(new Story(run.folder()));

    assertThat(told)
        .extracting(Happening::text)
        .containsExactly(
            "owned by a test",
            "started, attempt 1, slot 0",
            "attempt 1 failed after 1.0 s: it broke",
            "started, attempt 2, slot 1",
            "failed, exit after 2.5 s, $0.25: bad",
            "the run ended after 9.0 s: partial");
    assertThat(told)
        .extracting(Happening::kind)
        .containsExactly(
            Kind.OTHER, Kind.STARTED, Kind.STOPPED, Kind.STARTED, Kind.ENDED, Kind.OVER);
  }

  @Test
  void what_comes_later_is_told_later_and_a_torn_line_when_it_is_whole() throws IOException {
    WrittenRun run = WrittenRun.of(root, 1, TASKS).with(OWNED);
    var story = new Story(run.folder());

    assertThat(advance(story)).hasSize(1);
    run.append("{\"at\":\"2026-11-27T15:00:01Z\",");
    assertThat(advance(story)).isEmpty();
    run.append("\"entry\":\"unparked\"}\nno JSON\n{}\n");
    assertThat(advance(story)).extracting(Happening::text).containsExactly("goes on");
  }

  @Test
  void every_kind_of_entry_has_words() {
    var random = new Random(0);

    EntryJsonProperties.entries(random)
        .forEach(entry -> assertThat(Story.of(entry).text()).as(entry.toString()).isNotBlank());
  }
}

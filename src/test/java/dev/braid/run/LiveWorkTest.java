package dev.braid.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.claude.StreamEvent.Answered;
import org.junit.jupiter.api.Test;

class LiveWorkTest {
  private final LiveWork work = new LiveWork();

  @Test
  void at_first_nothing_is_known() {
    assertThat(work.doing()).isEmpty();
    assertThat(work.tokens()).isZero();
  }

  @Test
  void it_does_what_its_last_tool_does() {
    work.add(new Answered("Bash", "", "mvn test", 1, "m1", false));
    assertThat(work.doing()).isEqualTo("Bash mvn test");

    work.add(new Answered(null, "", "", 1, "m2", false));
    assertThat(work.doing()).isEqualTo("Bash mvn test");

    work.add(new Answered("Read", "", "", 1, "m3", false));
    assertThat(work.doing()).isEqualTo("Read");
  }

  @Test
  void the_parts_of_one_answer_count_once() {
    work.add(new Answered(null, "", "", 11, "m1", false));
    work.add(new Answered("Bash", "", "ls", 12, "m1", false));
    work.add(new Answered(null, "", "", 100, "m2", true));

    assertThat(work.tokens()).isEqualTo(112);
  }
}

package dev.braid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.cli.LiveState.Pane;
import dev.braid.cli.LiveState.Request;
import dev.braid.plan.TaskDraft;
import dev.braid.run.Onlooker.Counts;
import dev.braid.run.RunId;
import dev.braid.task.TaskId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LiveStateTest {
  private static final RunId RUN = LiveScene.id("7f3b2a");
  private static final Request NOTHING = new Request.Nothing();

  private final LiveState state = new LiveState();

  /** A run of a task that runs, one that failed and one that a model did. */
  private static LiveScene scene() {
    return new LiveScene()
        .task(TaskDraft.task("runs"), LiveScene.running(5))
        .task(TaskDraft.task("failed"), LiveScene.failed(1, "broke"))
        .task(TaskDraft.task("talked"), LiveScene.done(9, 0.5))
        .other("00aa01", "Another one", Mark.DONE, new Counts(0, 0, 1, 0, 0, 0));
  }

  private Request press(LiveSnapshot snapshot, Key... keys) {
    Request last = NOTHING;
    for (Key key : keys) {
      last = state.press(key, snapshot, LiveLayout.of(80, 24, snapshot, state.pane()));
    }
    return last;
  }

  @Test
  void enter_goes_into_a_run_and_into_a_task_and_back_comes_out_again() {
    LiveSnapshot snapshot = scene().snapshot();
    press(snapshot, Key.ENTER);
    assertThat(state.pane()).isEqualTo(Pane.TASKS);
    press(snapshot, Key.ENTER);
    assertThat(state.pane()).isEqualTo(Pane.TEXT);
    press(snapshot, Key.BACK);
    assertThat(state.pane()).isEqualTo(Pane.TASKS);
    press(snapshot, Key.BACK);
    assertThat(state.pane()).isEqualTo(Pane.RUNS);
  }

  @Test
  void without_runs_there_is_nowhere_to_go() {
    LiveSnapshot snapshot = new LiveScene().snapshot();
    press(snapshot, Key.DOWN, Key.ENTER, Key.SWITCH, Key.CANCEL, Key.RETRY, Key.OPEN);

    assertThat(state.pane()).isEqualTo(Pane.RUNS);
    assertThat(state.question()).isNull();
  }

  @Test
  void what_is_read_is_the_run_that_is_chosen_and_the_text_that_is_shown() {
    LiveSnapshot snapshot = scene().snapshot();
    assertThat(state.choice(snapshot)).isEqualTo(new LiveSource.Choice(RUN, -1));
    press(snapshot, Key.ENTER, Key.DOWN, Key.ENTER);
    assertThat(state.choice(snapshot)).isEqualTo(new LiveSource.Choice(RUN, 1));
    press(snapshot, Key.BACK, Key.BACK, Key.DOWN);
    assertThat(state.choice(snapshot)).isEqualTo(new LiveSource.Choice(LiveScene.id("00aa01"), -1));
  }

  @Test
  void a_run_is_cancelled_when_the_person_says_yes() {
    LiveSnapshot snapshot = scene().snapshot();
    assertThat(press(snapshot, Key.CANCEL)).isEqualTo(NOTHING);
    assertThat(state.question()).isEqualTo("cancel run 7f3b2a (1 tasks)? y/n");

    assertThat(press(snapshot, Key.YES)).isEqualTo(new Request.Cancel(RUN, List.of()));
    assertThat(state.question()).isNull();
  }

  @ParameterizedTest
  @EnumSource(
      value = Key.class,
      names = {"YES", "QUIT"},
      mode = EnumSource.Mode.EXCLUDE)
  void any_other_key_than_yes_means_no(Key key) {
    LiveSnapshot snapshot = scene().snapshot();
    press(snapshot, Key.CANCEL);

    assertThat(press(snapshot, key)).isEqualTo(NOTHING);
    assertThat(state.question()).isNull();
    assertThat(press(snapshot, Key.YES)).isEqualTo(NOTHING);
  }

  @Test
  void a_task_that_is_not_done_is_cancelled_alone() {
    LiveSnapshot snapshot = scene().snapshot();
    press(snapshot, Key.ENTER, Key.CANCEL);
    assertThat(state.question()).isEqualTo("cancel task runs? y/n");

    assertThat(press(snapshot, Key.YES))
        .isEqualTo(new Request.Cancel(RUN, List.of(new TaskId("runs"))));
  }

  @Test
  void what_is_over_cannot_be_cancelled() {
    press(scene().snapshot(), Key.ENTER, Key.DOWN, Key.CANCEL);
    assertThat(state.message()).isEqualTo("task failed is done");
    assertThat(state.question()).isNull();

    press(scene().snapshot(Mark.FAILED), Key.BACK, Key.CANCEL);
    assertThat(state.message()).isEqualTo("run 7f3b2a has ended");
  }

  @Test
  void a_run_that_ended_badly_is_tried_again_when_the_person_says_yes() {
    LiveSnapshot snapshot = scene().snapshot(Mark.PARTIAL);
    press(snapshot, Key.RETRY);
    assertThat(state.question()).isEqualTo("run 2 tasks of run 7f3b2a again? y/n");

    assertThat(press(snapshot, Key.YES)).isEqualTo(new Request.Retry(RUN));
  }

  @Test
  void a_run_that_goes_on_or_succeeded_is_not_tried_again() {
    press(scene().snapshot(), Key.RETRY);
    assertThat(state.message()).isEqualTo("run 7f3b2a has not ended");

    press(scene().snapshot(Mark.DONE), Key.RETRY);
    assertThat(state.message()).contains("nothing to retry");
  }

  @Test
  void a_conversation_is_opened_where_there_is_one() {
    LiveSnapshot snapshot = scene().snapshot();
    assertThat(press(snapshot, Key.OPEN)).isEqualTo(NOTHING);
    assertThat(state.message()).isEqualTo("choose a task first");

    assertThat(press(snapshot, Key.ENTER, Key.OPEN)).isEqualTo(NOTHING);
    assertThat(state.message()).isEqualTo("task runs is not done yet");

    assertThat(press(snapshot, Key.DOWN, Key.OPEN)).isEqualTo(NOTHING);
    assertThat(state.message()).isEqualTo("task failed has no conversation");

    assertThat(press(snapshot, Key.DOWN, Key.OPEN))
        .isEqualTo(new Request.Open(RUN, new TaskId("talked")));
  }

  @Test
  void a_message_stands_until_the_next_key() {
    state.tell("cancelling run 7f3b2a");
    assertThat(state.message()).isEqualTo("cancelling run 7f3b2a");

    press(scene().snapshot(), Key.OTHER);

    assertThat(state.message()).isEmpty();
  }

  @Test
  void quitting_works_everywhere() {
    LiveSnapshot snapshot = scene().snapshot();
    assertThat(press(snapshot, Key.QUIT)).isEqualTo(new Request.Quit());
    assertThat(press(snapshot, Key.HELP, Key.QUIT)).isEqualTo(new Request.Quit());
    assertThat(press(snapshot, Key.ENTER, Key.ENTER, Key.QUIT)).isEqualTo(new Request.Quit());
    assertThat(press(snapshot, Key.CANCEL, Key.QUIT)).isEqualTo(new Request.Quit());
  }
}

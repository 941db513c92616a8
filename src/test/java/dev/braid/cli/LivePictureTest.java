package dev.braid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.plan.TaskDraft;
import dev.braid.run.Onlooker.Counts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The picture of the live view in the README: what the view draws now of a scene that is always the
 * same. {@code -Dbraid.pictures=write} writes it anew.
 */
class LivePictureTest {
  private static final Path STORED = TempRoot.project().resolve("docs/pictures/live-view.svg");
  private static final Path MADE = TempRoot.project().resolve("target/pictures/live-view.svg");
  private static final int COLUMNS = 100;
  private static final int LINES = 18;

  private static TaskDraft task(String id, String subject) {
    return TaskDraft.task(id).subject(subject);
  }

  private static LiveSnapshot shop() {
    return new LiveScene()
        .task(task("schema", "Write the schema of the shop").takes(60), LiveScene.done(48, 0.21))
        .task(
            task("orders", "Build the service for orders").after("schema").takes(180),
            LiveScene.running(47))
        .task(
            task("stock", "Build the service for stock").after("schema").takes(180),
            LiveScene.running(41))
        .task(task("page", "Build the page").after("schema").takes(120), LiveScene.running(33))
        .task(
            task("mails", "Send mails to customers").after("schema").takes(90),
            LiveScene.retrying("API error 529: overloaded"))
        .task(
            task("lint", "Check the style of the old sources").takes(20),
            LiveScene.failed(14, "exit code 1: 3 lines are too long"))
        .task(task("manual", "Write the manual").takes(90), LiveScene.waiting())
        .task(
            task("tests", "Test it from end to end")
                .after("orders", "stock", "page", "mails")
                .takes(120),
            LiveScene.waiting())
        .task(task("release", "Release it").after("tests", "manual").takes(30), LiveScene.waiting())
        .doing("orders", "Edit orders/src/Order.java")
        .doing("stock", "Bash mvn -q test")
        .doing("page", "Write page/index.html")
        .other("c41e90", "Read the reports of March", Mark.PARKED, new Counts(4, 0, 8, 0, 0, 0))
        .other("0b7d15", "Tests of all modules", Mark.PARTIAL, new Counts(0, 0, 22, 2, 0, 0))
        .other("93fa02", "Update the licences", Mark.DONE, new Counts(0, 0, 6, 0, 0, 0))
        .snapshot();
  }

  private static String picture() {
    LiveSnapshot snapshot = shop();
    var state = new LiveState();
    var look = new Look(true, true);
    LiveLayout layout = LiveLayout.of(COLUMNS, LINES, snapshot, state.pane());
    var _ = state.press(Key.ENTER, snapshot, layout);
    layout = LiveLayout.of(COLUMNS, LINES, snapshot, state.pane());
    List<String> lines =
        new LiveDrawing(look)
            .draw(snapshot, state, layout).stream().map(LiveTerminal::ansi).toList();
    return ScreenPicture.of(lines, COLUMNS);
  }

  @Test
  void the_picture_in_the_readme_shows_what_the_view_draws() throws IOException {
    String picture = picture();
    Files.createDirectories(MADE.resolveSibling("."));
    Files.writeString(MADE, picture);
    if (System.getProperty("braid.pictures", "").equals("write")) {
      Files.createDirectories(STORED.resolveSibling("."));
      Files.writeString(STORED, picture);
    }

    assertThat(STORED).hasContent(picture);
    assertThat(Files.readString(TempRoot.project().resolve("README.md")))
        .contains("docs/pictures/live-view.svg");
  }
}

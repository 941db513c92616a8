package dev.braid.cli;

import dev.braid.process.AttemptFolder;
import dev.braid.run.Replay;
import dev.braid.run.RunId;
import dev.braid.run.RunStore;
import dev.braid.run.Story;
import dev.braid.store.RunFolder;
import dev.braid.task.Task;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Prints the story of a run, or what the attempts at one of its tasks said. */
final class StoryPrinter {
  private static final Duration LOOK = Duration.ofMillis(200);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());

  private final Invocation invocation;
  private final RunStore store;
  private final RunId id;
  private final int lines;
  private final RunFolder folder;
  private final Story story;
  private boolean isOver;
  private @Nullable AttemptOutput open;

  /**
   * @param lines of what has happened already, so many are shown
   */
  StoryPrinter(Invocation invocation, RunStore store, RunId id, int lines) {
    this.invocation = invocation;
    this.store = store;
    this.id = id;
    this.lines = lines;
    this.folder = store.folder(id);
    this.story = new Story(folder);
  }

  /** One look at what is new. */
  private interface Look {
    void look() throws IOException;
  }

  /**
   * Everything that happened, a line each.
   *
   * @param follow until the run is over
   */
  void printRun(boolean follow) throws IOException, InterruptedException {
    var out = LastLines.counted(invocation.out(), lines);
    print(
        follow,
        () -> {
          story.advance(happening -> {
            out.add(time(happening), words(happening));
            switch (happening.kind()) {
              case OVER -> isOver = true;
              case REOPENED -> isOver = false;
              default -> {
                // Changes nothing of that.
              }
            }
          });
          out.flow();
        });
  }

  /**
   * What each attempt at a task printed, between lines that say when it began and what became of
   * it.
   *
   * @param follow through later attempts until the task is over
   */
  void printTask(Task task, boolean follow) throws IOException, InterruptedException {
    print(
        follow,
        () -> {
          story.advance(happening -> {
            if (task.id().equals(happening.task())) {
              tell(task, happening);
            }
          });
          if (open != null) {
            open.advance();
          }
        });
    finish();
  }

  /** The attempt that was open is over, or nobody asks for more of it. */
  private void finish() {
    if (open != null) {
      try {
        open.finish();
      } catch (IOException e) {
        throw new UncheckedIOException("reading what an attempt printed", e);
      }
      open = null;
    }
  }

  private void tell(Task task, Story.Happening happening) {
    switch (happening.kind()) {
      case STARTED -> {
        isOver = false;
        head(happening);
        var attempt = new AttemptFolder(folder.attempt(task.id(), happening.attempt()));
        open = new AttemptOutput(attempt, task.needsModel(), invocation.out(), lines);
      }
      case STOPPED, ENDED -> {
        isOver = happening.kind() == Story.Kind.ENDED;
        finish();
        head(happening);
      }
      case OVER, REOPENED, OTHER -> head(happening);
    }
  }

  private void head(Story.Happening happening) {
    String text = Printable.cut(happening.text(), LastLines.MAX_LINE);
    invocation.out().println("== " + time(happening) + text);
  }

  private static String time(Story.Happening happening) {
    return TIME.format(happening.at()) + "  ";
  }

  private static String words(Story.Happening happening) {
    return (happening.task() == null ? "" : happening.task() + "  ") + happening.text();
  }

  /** Ends too when nobody reads what is printed. */
  private void print(boolean follow, Look look) throws IOException, InterruptedException {
    while (true) {
      // Asked before the journal is read: an owner that finishes in between has written its end.
      boolean isOwned = store.isOwned(id);
      look.look();
      if (!follow || isOver || invocation.out().checkError()) {
        return;
      }
      if (!isOwned) {
        Replay replay = Replay.of(folder);
        if (replay.status().isPresent()) {
          return;
        }
        throw RunArgument.standsStill(id, replay);
      }
      Thread.sleep(LOOK);
    }
  }
}

package dev.braid.daemon;

import dev.braid.result.TaskResult;
import dev.braid.run.RunEvent;
import dev.braid.run.RunEventJson;
import dev.braid.run.RunListener;
import dev.braid.task.Task;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Somebody who hears of a run at the other end of the door. A caller that does not read is let go;
 * the run goes on.
 */
final class Follower implements RunListener {
  /** Events that wait for a caller to read them. */
  private static final int MAX_WAITING = 50_000;

  /** How often a caller that hears nothing is looked after, so that its end is seen. */
  private static final Duration PULSE = Duration.ofSeconds(5);

  private final BlockingQueue<RunEvent> events = new LinkedBlockingQueue<>(MAX_WAITING);
  private volatile boolean isLost;

  void tell(RunEvent event) {
    isLost |= !events.offer(event);
  }

  /** Writes what is heard until the run is over, or the caller is gone. */
  void writeTo(OutputStream out) throws IOException, InterruptedException {
    while (!isLost) {
      RunEvent event = events.poll(PULSE.toMillis(), TimeUnit.MILLISECONDS);
      String line = event == null ? "{}" : RunEventJson.write(event);
      out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
      if (events.isEmpty()) {
        out.flush();
      }
      if (event instanceof RunEvent.Over || event instanceof RunEvent.GivenUp) {
        return;
      }
    }
  }

  @Override
  public void started(Task task, int attempt) {
    tell(new RunEvent.Started(task.id(), attempt));
  }

  @Override
  public void worked(Task task, String doing, long tokens) {
    tell(new RunEvent.Worked(task.id(), doing, tokens));
  }

  @Override
  public void retried(Task task, int attempt, String error, double pauseSeconds) {
    tell(new RunEvent.Retried(task.id(), attempt, error, pauseSeconds));
  }

  @Override
  public void ended(TaskResult result) {
    tell(new RunEvent.Ended(result.withoutOutput()));
  }

  @Override
  public void warned(String warning) {
    tell(new RunEvent.Warned(warning));
  }
}

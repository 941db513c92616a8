package dev.braid.run;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.jspecify.annotations.Nullable;

/**
 * The one thread of an engine. What attempts report to one that is shut down is dropped: the next
 * engine finds it.
 */
final class EngineThread extends ScheduledThreadPoolExecutor {
  EngineThread() {
    super(1, Thread.ofPlatform().name("engine").daemon().factory(), new DiscardPolicy());
    setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    setRemoveOnCancelPolicy(true);
  }

  /** A fault for which no run could be given up is told as one that ends a thread: nobody asks. */
  @Override
  protected void afterExecute(Runnable action, @Nullable Throwable fault) {
    super.afterExecute(action, fault);
    if (action instanceof Future<?> future && future.state() == Future.State.FAILED) {
      Thread thread = Thread.currentThread();
      thread.getUncaughtExceptionHandler().uncaughtException(thread, future.exceptionNow());
    }
  }
}

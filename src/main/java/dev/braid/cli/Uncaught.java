package dev.braid.cli;

import java.util.function.IntConsumer;

/**
 * Hears of faults that nothing caught. Who waits for what a thread would have done without them
 * waits for ever; where there is no memory for a better end the process ends, as by kill -9, and
 * the next owner of its runs takes them up. A request to the daemon concerns its caller alone, who
 * is told by the end of the connection.
 *
 * @param invocation in which they occur
 * @param exit ends the process
 */
record Uncaught(Invocation invocation, IntConsumer exit)
    implements Thread.UncaughtExceptionHandler {
  @Override
  public void uncaughtException(Thread thread, Throwable fault) {
    boolean isEnd = fault instanceof OutOfMemoryError && !thread.isVirtual();
    try {
      invocation.warn(
          isEnd
              ? "too little memory ("
                  + fault.getMessage()
                  + "): this process ends; take up what it ran with: braid resume"
              : "a fault in braid itself, in thread " + thread.getName() + ": " + fault);
    } finally {
      if (isEnd) {
        exit.accept(ExitCode.INTERNAL);
      }
    }
  }
}

package dev.braid.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What reading one hostile input may take. It is measured on the thread that reads, so that a busy
 * machine is no finding.
 */
public final class Bounds {
  /** Processor time for one input; inputs of fuzz tests are small. */
  public static final Duration MAX_TIME = Duration.ofSeconds(5);

  /** Bytes allocated for one input, most of them garbage at once. */
  public static final long MAX_ALLOCATED = 256L << 20;

  private static final ThreadMXBean THREAD = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private Bounds() {}

  /** Something that is read. */
  public interface Reading<T extends @Nullable Object> {
    T read() throws IOException;
  }

  /**
   * Reads, within bounds. What exceeds them is read once more before it counts: the first time may
   * have loaded classes.
   */
  public static <T extends @Nullable Object> T within(Reading<T> reading) throws IOException {
    long time = THREAD.getCurrentThreadCpuTime();
    long allocated = THREAD.getCurrentThreadAllocatedBytes();
    T result = reading.read();
    if (allocatedSince(allocated) > MAX_ALLOCATED || timeSince(time).compareTo(MAX_TIME) > 0) {
      time = THREAD.getCurrentThreadCpuTime();
      allocated = THREAD.getCurrentThreadAllocatedBytes();
      var _ = reading.read();
      assertThat(allocatedSince(allocated)).as("bytes allocated").isLessThan(MAX_ALLOCATED);
      assertThat(timeSince(time)).as("processor time").isLessThan(MAX_TIME);
    }
    return result;
  }

  private static long allocatedSince(long before) {
    return THREAD.getCurrentThreadAllocatedBytes() - before;
  }

  private static Duration timeSince(long before) {
    return Duration.ofNanos(THREAD.getCurrentThreadCpuTime() - before);
  }
}

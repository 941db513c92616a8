package dev.braid.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RootGuardTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private Path root;

  @Test
  void a_daemon_whose_root_is_gone_ends_only_after_its_runs() throws InterruptedException {
    var asked = new AtomicInteger();
    var ended = new CountDownLatch(1);
    try (RootGuard guard =
        RootGuard.start(
            root.resolve("lock"), () -> asked.incrementAndGet() > 1, ended::countDown)) {
      assertThat(guard).isNotNull();
      assertThat(ended.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }
    assertThat(asked).hasValue(2);
  }
}

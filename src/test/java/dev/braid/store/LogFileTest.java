package dev.braid.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.braid.config.Places;
import dev.braid.config.Setting;
import dev.braid.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {
  private static final int WRITERS = 3;

  /** Of as many bytes as a line can have: together they fill the log more than twice. */
  private static final int LINES = 3_500;

  @TempDir Path folder;
  private Settings settings;
  private LogFile log;

  @BeforeEach
  void open() {
    settings = Settings.defaults(new Places(folder));
    log = new LogFile(() -> settings, () -> Instant.parse("2030-05-06T07:08:09.123456Z"));
  }

  @AfterEach
  void close() {
    log.close();
  }

  private Path file() {
    return settings.monitoring().logFile();
  }

  @Test
  void an_event_is_a_line_with_time_and_level() throws IOException {
    log.info("one\nand \u001b[31m more");
    log.error("two");

    assertThat(file())
        .hasContent(
            """
            2030-05-06T07:08:09.123Z INFO  one and  [31m more
            2030-05-06T07:08:09.123Z ERROR two
            """);
  }

  @Test
  void a_long_line_is_cut() throws IOException {
    log.info("x".repeat(LogFile.MAX_LINE + 1));

    assertThat(Files.readString(file()).strip()).endsWith("INFO  " + "x".repeat(LogFile.MAX_LINE));
  }

  @Test
  void the_settings_of_the_moment_hold() {
    log.debug("too much");
    assertThat(file()).doesNotExist();
    settings = settings.with(Setting.LOG_LEVEL, TextNode.valueOf("debug"));
    log.debug("wished");
    settings = settings.with(Setting.LOG_LEVEL, TextNode.valueOf("error"));
    log.warn("too much");
    settings = settings.with(Setting.MONITORING_ENABLED, BooleanNode.FALSE);
    log.error("not wished");

    assertThat(file()).content().contains("wished").hasLineCount(1);
  }

  @Test
  void a_log_that_somebody_removed_is_begun_again() throws IOException {
    log.info("before");
    Files.delete(file());

    log.info("after");

    assertThat(file()).content().contains("after");
  }

  @Test
  void several_programs_lose_no_line_when_it_is_full() throws Exception {
    var writers = new ArrayList<ChildJvm>();
    try {
      for (int i = 0; i < WRITERS; i++) {
        writers.add(
            ChildJvm.start(
                LogWriter.class, folder.toString(), Integer.toString(i), Integer.toString(LINES)));
      }
      for (ChildJvm writer : writers) {
        assertThat(writer.line()).isEqualTo(LogWriter.DONE);
      }
    } finally {
      writers.forEach(ChildJvm::close);
    }

    Map<String, Integer> next = new HashMap<>();
    for (String name : List.of(".2", ".1", "")) {
      Path each = file().resolveSibling(file().getFileName() + name);
      assertThat(Files.size(each)).as(each.toString()).isLessThan(LogFile.MAX_BYTES + (1 << 20));
      for (String line : Files.readAllLines(each)) {
        String[] words = line.split(" +", 5);
        next.merge(words[2], 1, Integer::sum);
      }
    }
    assertThat(next).hasSize(WRITERS).values().containsOnly(LINES);
    try (Stream<Path> files = Files.list(file().resolveSibling("."))) {
      assertThat(files).hasSize(3);
    }
  }
}

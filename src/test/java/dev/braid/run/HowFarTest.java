package dev.braid.run;

import static dev.braid.run.EngineLab.command;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HowFarTest {
  @TempDir Path folder;
  private EngineLab lab;
  private final List<List<Standing>> told = new CopyOnWriteArrayList<>();

  @BeforeEach
  void open() throws IOException {
    lab = new EngineLab(folder, 4);
    lab.engine().tell(told::add);
  }

  @AfterEach
  void close() {
    lab.close();
  }

  @Test
  void each_change_is_told_once_until_nothing_runs() throws Exception {
    RunHandle run = lab.start(1, command("a"), command("bad").after("a"));
    RunId id = run.file().id();
    lab.awaitRunning("a");
    lab.processes().exit("a", 0);
    lab.awaitRunning("bad");
    lab.processes().exit("bad", 1);
    EngineLab.outcome(run);

    await().atMost(EngineLab.PATIENCE).until(() -> told.getLast().isEmpty());
    assertThat(told)
        .startsWith(List.of(new Standing(id, 2, 0, 0, false, null)))
        .contains(List.of(new Standing(id, 2, 1, 0, false, null)))
        .doesNotHaveDuplicates();
  }
}

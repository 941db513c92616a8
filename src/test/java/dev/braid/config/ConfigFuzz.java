package dev.braid.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.braid.fuzz.Bounds;
import dev.braid.fuzz.Lines;
import dev.braid.fuzz.Scratch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

class ConfigFuzz {
  private static final Path FOLDER = Scratch.folder();
  private static final Home HOME = new Home(FOLDER, new Places(FOLDER.resolve("root")));
  private static final Path USER_FILE = HOME.places().configFile();
  private static final Path REPOSITORY = FOLDER.resolve("repository");
  private static final Settings DEFAULTS = loaded(null).settings();

  @FuzzTest
  void a_config_is_settings_or_lines_and_no_project_widens_them(byte[] bytes) throws IOException {
    List<String> lines =
        switch (Bounds.within(() -> asUserFile(bytes))) {
          case ConfigReader.Faulty(Path file, List<String> problems) -> {
            assertThat(file).isEqualTo(USER_FILE);
            assertThat(problems).isNotEmpty();
            yield problems;
          }
          case ConfigReader.Loaded loaded -> {
            assertThat(ConfigText.read(ConfigText.file(loaded.settings()), HOME.places()))
                .contains(loaded.settings());
            yield loaded.warnings();
          }
        };
    lines.forEach(Lines::assertFit);
    if (Bounds.within(() -> asProjectFile(bytes)) instanceof ConfigReader.Loaded narrowed) {
      narrowed.warnings().forEach(Lines::assertFit);
      assertNarrow(narrowed.settings());
    }
  }

  private static ConfigReader.Outcome asUserFile(byte[] bytes) throws IOException {
    write(USER_FILE, bytes);
    try {
      return read(null);
    } finally {
      Files.delete(USER_FILE);
    }
  }

  private static ConfigReader.Outcome asProjectFile(byte[] bytes) throws IOException {
    write(Places.projectConfigFile(REPOSITORY), bytes);
    return read(REPOSITORY);
  }

  private static void write(Path file, byte[] bytes) throws IOException {
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    Files.write(file, bytes);
  }

  private static ConfigReader.Outcome read(@Nullable Path repository) {
    return new ConfigReader(HOME, Map.of()).read(repository, Map.of());
  }

  private static ConfigReader.Loaded loaded(@Nullable Path repository) {
    return (ConfigReader.Loaded) read(repository);
  }

  /** What a repository says is not what its user wants. */
  private static void assertNarrow(Settings settings) {
    assertThat(settings.verify()).isEqualTo(DEFAULTS.verify());
    assertThat(settings.setup()).isEqualTo(DEFAULTS.setup());
    assertThat(settings.claudeCommand()).isEqualTo(DEFAULTS.claudeCommand());
    assertThat(settings.permissionMode()).isEqualTo(DEFAULTS.permissionMode());
    assertThat(settings.allowedTools()).isEqualTo(DEFAULTS.allowedTools());
    assertThat(settings.trustListMetadata()).isEqualTo(DEFAULTS.trustListMetadata());
    assertThat(settings.maxParallelTasks()).isLessThanOrEqualTo(DEFAULTS.maxParallelTasks());
    assertThat(settings.maxRunBudgetUsd()).isLessThanOrEqualTo(DEFAULTS.maxRunBudgetUsd());
    assertThat(settings.maxTaskBudgetUsd()).isLessThanOrEqualTo(DEFAULTS.maxTaskBudgetUsd());
    assertThat(settings.monitoring()).isEqualTo(DEFAULTS.monitoring());
  }
}

package dev.braid.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.config.Places;
import dev.braid.process.AttemptFolder;
import dev.braid.run.RunId;
import dev.braid.run.RunStore;
import dev.braid.store.RunFolder;
import dev.braid.task.TaskId;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every kind of state file of this version has a sample, so that no later version forgets it. */
class StateSamplesTest {
  private static final EarlierState NEWEST = EarlierState.all().getLast();

  /** Places that hold nothing of ours to be read again. */
  private static final Set<String> NO_STATE =
      Set.of(
          "templates", // the user's own
          "transcripts", // Claude Code's
          "dashboardLink"); // for one browser, once

  @Test
  void this_version_has_samples() throws IOException {
    String pom = Files.readString(Path.of("pom.xml"));
    var version = Pattern.compile("\n  <version>([0-9.]+)(-SNAPSHOT)?</version>").matcher(pom);

    assertThat(version.find()).isTrue();
    assertThat(NEWEST.version()).as("run .ci/state").isEqualTo("v" + version.group(1));
  }

  @Test
  void every_place_below_the_root_has_a_sample() {
    for (Method method : pathsOf(Places.class)) {
      if (!NO_STATE.contains(method.getName())) {
        assertThat(samples(method, NEWEST.places()))
            .as("samples of Places.%s: let .ci/state make one", method.getName())
            .isNotEmpty();
      }
    }
  }

  @Test
  void every_file_of_a_run_has_a_sample() throws IOException {
    List<RunFolder> runs = new ArrayList<>();
    var store = new RunStore(NEWEST.places());
    for (RunId run : store.all()) {
      runs.add(store.folder(run));
    }
    for (Method method : pathsOf(RunFolder.class)) {
      assertThat(runs)
          .as("samples of RunFolder.%s: let .ci/state make one", method.getName())
          .anyMatch(run -> !samples(method, run).isEmpty());
    }
    for (Method method : pathsOf(AttemptFolder.class)) {
      assertThat(runs)
          .as("samples of AttemptFolder.%s: let .ci/state make one", method.getName())
          .anyMatch(run ->
              tasks(run)
                  .anyMatch(
                      task -> !samples(method, new AttemptFolder(run.attempt(task, 1))).isEmpty()));
    }
  }

  /** All that a class says of where files are. */
  private static List<Method> pathsOf(Class<?> type) {
    return Arrays.stream(type.getDeclaredMethods())
        .filter(method -> Modifier.isPublic(method.getModifiers()))
        .filter(method -> method.getReturnType() == Path.class)
        .filter(method -> !Modifier.isStatic(method.getModifiers()))
        .toList();
  }

  private static List<Path> samples(Method method, Object places) {
    return method.getParameterCount() == 0
        ? existing(Stream.of(path(method, places)))
        : existing(arguments(method, places).map(given -> path(method, places, given)));
  }

  private static List<Path> existing(Stream<Path> paths) {
    return paths.filter(Files::exists).toList();
  }

  /** What stands for the name of a task, run, session or list: all that any of them may be. */
  private static Stream<Object[]> arguments(Method method, Object places) {
    if (places instanceof RunFolder run) {
      return tasks(run)
          .map(task -> method.getParameterCount() == 1 ? new Object[] {task} : pair(task));
    }
    Path one = path(method, places, "x");
    try (Stream<Path> names = Files.list(Objects.requireNonNull(one.getParent()))) {
      return names
          .map(name -> String.valueOf(name.getFileName()))
          .map(name -> new Object[] {name.replaceFirst("\\.json$", "")})
          .toList()
          .stream();
    } catch (IOException e) {
      return Stream.empty();
    }
  }

  private static Object[] pair(TaskId task) {
    return new Object[] {task, 1};
  }

  private static Stream<TaskId> tasks(RunFolder run) {
    try (Stream<Path> tasks = Files.list(run.path().resolve("tasks"))) {
      return tasks
          .map(task -> String.valueOf(task.getFileName()))
          .filter(TaskId::isValid)
          .map(TaskId::new)
          .toList()
          .stream();
    } catch (IOException e) {
      return Stream.empty();
    }
  }

  private static Path path(Method method, Object places, Object... arguments) {
    try {
      return (Path) method.invoke(places, arguments);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new LinkageError(method.toString(), e);
    }
  }
}

package dev.braid.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.cli.Eventually;
import dev.braid.cli.TempRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Pictures of the page, for people. All are left in {@code target/pictures}; those of a run are
 * compared with the ones that were looked at, in {@code docs/pictures}, which {@code
 * -Dbraid.pictures=write} replaces.
 */
class PicturesIT {
  private static final double MOST_DIFFERENT = 0.01;
  private static final Path MADE = TempRoot.project().resolve("target/pictures");
  private static final Path STORED = TempRoot.project().resolve("docs/pictures");

  private static DashboardLab lab;

  /** What a picture is of. */
  record Scene(String view, boolean dark, int width, int height) {
    Path in(Path folder) {
      return folder.resolve(view + (dark ? "-dark-" : "-light-") + width + ".png");
    }

    @Override
    public String toString() {
      return view + (dark ? " in the dark, " : ", ") + width + " wide";
    }
  }

  @BeforeAll
  static void start() throws IOException {
    Files.createDirectories(MADE);
    lab = DashboardLab.start(Shop.root());
  }

  @AfterAll
  static void stop() {
    lab.close();
  }

  static Stream<Scene> scenes() {
    return Stream.of("graph", "timeline")
        .flatMap(view ->
            Stream.of(false, true)
                .flatMap(dark ->
                    Stream.of(
                        new Scene(view, dark, 1280, 800),
                        new Scene(view, dark, 800, 900),
                        new Scene(view, dark, 400, 800))));
  }

  @ParameterizedTest
  @MethodSource("scenes")
  void a_run_looks_as_it_did_when_somebody_looked(Scene scene) throws IOException {
    byte[] png = taken("#/run/" + Shop.RUN + "/" + scene.view(), scene);
    if (System.getProperty("braid.pictures", "").equals("write")) {
      Files.createDirectories(STORED);
      Files.write(scene.in(STORED), png);
    }

    Picture stored = Picture.of(Files.readAllBytes(scene.in(STORED)));

    assertThat(Picture.of(png).difference(stored))
        .as("the part of pixels in which %s differs from %s", scene.in(MADE), scene.in(STORED))
        .isLessThanOrEqualTo(MOST_DIFFERENT);
  }

  @Test
  void other_views_can_be_looked_at() throws IOException {
    for (String view : List.of("runs", "stats", "hooks", "resources")) {
      taken("#/" + view, new Scene(view, false, 1280, 800));
      taken("#/" + view, new Scene(view, true, 400, 800));
    }
    String task = "#/run/" + Shop.RUN + "/task/test-pay";
    assertThat(taken(task, new Scene("task", false, 1280, 800))).isNotEmpty();
    assertThat(taken(task, new Scene("task", true, 400, 800))).isNotEmpty();
  }

  private static byte[] taken(String address, Scene scene) throws IOException {
    Browser browser = lab.browser();
    browser.resize(scene.width(), scene.height());
    browser.prefer(scene.dark(), true);
    browser.go(address);
    browser.reload();
    Eventually.holds(
        address + " is there",
        () ->
            browser.textOf("footer").contains("Daemon")
                && !browser.textOf("main").contains("Loading"));
    // What was measured is drawn in the next frame but one.
    browser.promise(
        "await document.fonts.ready;"
            + "for (let i = 0; i < 3; i++) await new Promise(requestAnimationFrame)");
    // A view begins with the focus at its heading; how long the daemon has run differs.
    browser.script(
        "document.activeElement.blur(); scrollTo(0, 0);"
            + "document.querySelector('footer span').textContent = arguments[0]",
        "Daemon 1.0.0, process 4711, up for 1 h 20 min, 64 MB; mode delegate");
    byte[] png = browser.picture();
    Files.write(scene.in(MADE), png);
    return png;
  }
}

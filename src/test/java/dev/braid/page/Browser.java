package dev.braid.page;

import dev.braid.cli.Eventually;
import dev.braid.cli.LivingProcesses;
import dev.braid.cli.TempRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * Debian's Chromium, without a window. It sees the fonts that {@code .ci/run} installs and no
 * others, and lives in the time zone of Greenwich, so that pictures of a page are the same
 * everywhere. At the end its processes are gone.
 */
final class Browser implements AutoCloseable {
  private static final Duration SCRIPT_PATIENCE = Duration.ofSeconds(20);

  private static final Path FONTS =
      TempRoot.project().resolve("src/test/resources/page/fonts.conf");

  private final ChromeDriver driver;
  private final String mark;

  private Browser(ChromeDriver driver, String mark) {
    this.driver = driver;
    this.mark = mark;
  }

  /**
   * Starts one.
   *
   * @param root gives it a folder; kills it should this fail to
   */
  static Browser start(TempRoot root) throws IOException {
    Path folder = Files.createTempDirectory(root.temporary(), "browser");
    String mark = "BRAID_TEST_BROWSER=" + folder;
    var service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(program("chromedriver").toFile())
            .usingAnyFreePort()
            .withEnvironment(
                Map.of(
                    "BRAID_TEST_BROWSER", folder.toString(),
                    "CLAUDE_CONFIG_DIR", root.path().toString(),
                    "FONTCONFIG_FILE", FONTS.toString(),
                    "HOME", folder.toString(),
                    "TZ", "UTC"))
            .build();
    ChromeDriver driver = new ChromeDriver(service, options(folder.resolve("profile")));
    driver.manage().timeouts().scriptTimeout(SCRIPT_PATIENCE);
    return new Browser(driver, mark);
  }

  private static ChromeOptions options(Path profile) {
    var logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    var options = new ChromeOptions();
    options.setBinary(program("chromium").toFile());
    options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
    options.addArguments(
        "--headless=new",
        "--no-sandbox", // tests may run as root
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-lcd-text",
        "--font-render-hinting=none",
        "--force-color-profile=srgb",
        "--hide-scrollbars",
        "--window-size=1400,1000",
        "--user-data-dir=" + profile);
    return options;
  }

  private static Path program(String name) {
    for (String folder : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
      Path file = Path.of(folder, name);
      if (Files.isExecutable(file)) {
        return file;
      }
    }
    throw new AssertionError("these tests need " + name + ", of Debian's package of that name");
  }

  void open(String address) {
    driver.get(address);
  }

  /** Loads the page anew, so that it remembers nothing but its token. */
  void reload() {
    driver.navigate().refresh();
  }

  /** Goes to another view of the page that is open. */
  void go(String hash) {
    script("location.hash = arguments[0]", hash);
  }

  String hash() {
    return text(script("return location.hash"));
  }

  /** What a script returns; it sees the arguments as {@code arguments}. */
  Object script(String text, Object... arguments) {
    return Objects.requireNonNullElse(driver.executeScript(text, arguments), "");
  }

  /** What a promise comes to that a script makes. */
  Object promise(String text, Object... arguments) {
    String waiting =
        "const done = arguments[arguments.length - 1];"
            + "(async () => {"
            + text
            + "})().then(done, (fault) => done('failed: ' + fault))";
    return Objects.requireNonNullElse(driver.executeAsyncScript(waiting, arguments), "");
  }

  /** Calls a command of the browser's own protocol. */
  Map<String, Object> command(String name, Map<String, Object> parameters) {
    return driver.executeCdpCommand(name, parameters);
  }

  int count(String css) {
    return driver.findElements(By.cssSelector(css)).size();
  }

  /** The text that is seen of the first element; empty when there is none. */
  String textOf(String css) {
    return text(script("return document.querySelector(arguments[0])?.innerText ?? ''", css));
  }

  /** The text that is seen of all elements, one each. */
  List<String> textsOf(String css) {
    Object texts =
        script("return [...document.querySelectorAll(arguments[0])].map((e) => e.innerText)", css);
    return ((List<?>) texts).stream().map(String::valueOf).toList();
  }

  void awaitText(String css, String part) {
    Eventually.holds(css + " says " + part, () -> textOf(css).contains(part));
  }

  void awaitOne(String css) {
    Eventually.holds("there is a " + css, () -> count(css) > 0);
  }

  /** Clicks what matches; the page may draw it anew at the same time. */
  void click(String css) {
    awaitOne(css);
    Eventually.holds(
        css + " is clicked",
        () -> {
          try {
            element(css).click();
            return true;
          } catch (StaleElementReferenceException _) {
            return false;
          }
        });
  }

  /** Clicks the last button with that text: what is above the page comes last. */
  void press(String name) {
    Eventually.holds(
        "there is a button " + name,
        () ->
            Boolean.TRUE.equals(
                script(
                    "const found = [...document.querySelectorAll('button')]"
                        + ".findLast((b) => b.innerText.trim() === arguments[0]);"
                        + "found?.click(); return Boolean(found)",
                    name)));
  }

  /** Types, as keys, to what has the focus. */
  void type(CharSequence... keys) {
    new Actions(driver).sendKeys(keys).perform();
  }

  WebElement element(String css) {
    return driver.findElement(By.cssSelector(css));
  }

  /** What has the focus, as its name for people. */
  String focus() {
    return text(
        script(
            "const it = document.activeElement;"
                + "return it.ariaLabel || it.innerText || it.placeholder || it.tagName"));
  }

  void resize(int width, int height) {
    command(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
  }

  /** Whether the person likes it dark, and without movement. */
  void prefer(boolean dark, boolean still) {
    command(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(
                Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"),
                Map.of(
                    "name",
                    "prefers-reduced-motion",
                    "value",
                    still ? "reduce" : "no-preference"))));
  }

  /** A picture of what can be seen, as PNG. */
  byte[] picture() {
    Object data = command("Page.captureScreenshot", Map.of("format", "png")).get("data");
    return Base64.getDecoder().decode(String.valueOf(data));
  }

  /** What the browser complained of since the last call. */
  List<String> complaints() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
        .map(LogEntry::getMessage)
        .toList();
  }

  private static String text(Object value) {
    return String.valueOf(value);
  }

  @Override
  public void close() {
    driver.quit();
    // Its helpers end by themselves, a moment later or not at all.
    for (long pid : LivingProcesses.startedWith(mark)) {
      ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }
  }
}

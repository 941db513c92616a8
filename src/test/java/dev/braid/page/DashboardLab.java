package dev.braid.page;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.cli.Eventually;
import dev.braid.cli.TaskDocument;
import dev.braid.cli.TempRoot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A daemon with a root of its own, and a browser with its dashboard. */
final class DashboardLab implements AutoCloseable {
  private final TempRoot root;
  private final Browser browser;

  private DashboardLab(TempRoot root, Browser browser) {
    this.root = root;
    this.browser = browser;
  }

  /** Starts the daemon of a root that may have runs already, and shows the dashboard. */
  static DashboardLab start(TempRoot root) throws IOException {
    root.run("daemon", "start").expectExit(0);
    var lab = new DashboardLab(root, Browser.start(root));
    lab.enter();
    return lab;
  }

  TempRoot root() {
    return root;
  }

  Browser browser() {
    return browser;
  }

  /** A link that is good once. */
  String link() {
    return root.run("dashboard", "--no-open").expectExit(0).out().strip();
  }

  void enter() {
    browser.open(link());
    browser.awaitText(".connection", "live");
  }

  /** Starts a run that goes on by itself. */
  String detach(List<ObjectNode> tasks, String... options) throws IOException {
    root.write("tasks.json", TaskDocument.of(tasks));
    var arguments = new ArrayList<>(List.of("run", "--force", "--detach"));
    arguments.addAll(List.of(options));
    arguments.add("tasks.json");
    return root.run(arguments.toArray(String[]::new)).expectExit(0).out().strip();
  }

  /** Shows a view of a run. */
  void show(String run, String view) {
    browser.go("#/run/" + run + "/" + view);
    browser.awaitOne(".run-head h1, .way");
  }

  /** A command that goes on until a file is in the folder of work. */
  static String until(String file) {
    return "until test -e " + file + "; do sleep 0.05; done";
  }

  /** The box of a task in the graph, as a selector. */
  static String box(String task) {
    return "a.box[href$='/task/" + task + "']";
  }

  void awaitState(String task, String state) {
    Eventually.holds(task + " is " + state, () -> browser.count(box(task) + ".is-" + state) == 1);
  }

  @Override
  public void close() {
    try {
      browser.close();
    } finally {
      root.close();
    }
  }
}

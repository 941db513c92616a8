package dev.braid.install;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Installs for one root, step by step. Each step is told of in the receipt before it is done, and
 * doing it again changes nothing, so an installation that was interrupted is simply begun again.
 */
public final class Installer {
  private static final String POLICY = "/templates/parallel-execution-policy.md";
  private static final String SHIM = "/install/shim";

  private final Layout layout;
  private final Wishes wishes;
  private final Receipt receipt;

  public Installer(Layout layout, Wishes wishes) {
    this.layout = layout;
    this.wishes = wishes;
    this.receipt = new Receipt(layout.receipt());
  }

  /** What is to be done, in this order; nothing is written yet. */
  private List<Step> steps() throws IOException {
    var steps = new ArrayList<Step>();
    steps.add(link(layout.current(), wishes.version()));
    for (String name : List.of("session-start", "stop", StatusLineEntry.SCRIPT)) {
      Path file = layout.hooks().resolve(name);
      steps.add(new PutFile(receipt, file, Shipped.text(SHIM), PutFile.PROGRAM, false));
    }
    steps.add(link(layout.program(), layout.current().resolve("bin/braid")));
    addForShells(steps);
    Path policy = layout.places().policyFile();
    steps.add(new PutFile(receipt, policy, Shipped.text(POLICY), PutFile.READABLE, true));
    steps.add(new Configure(receipt, layout, wishes.mode(), wishes.port(), wishes.isNewPort()));
    Path token = layout.places().hookTokenFile();
    steps.add(new PutFile(receipt, token, wishes.token() + "\n", PutFile.PRIVATE, true));
    if (wishes.hooks() || wishes.statusLine()) {
      steps.add(new EditSettings(receipt, layout, wishes));
    }
    if (wishes.hooks()) {
      Path marker = layout.places().installedFile();
      steps.add(new PutFile(receipt, marker, "hooks\n", PutFile.PRIVATE, true));
    }
    if (wishes.keeper() != null) {
      steps.add(new UseService(receipt, layout, wishes.keeper()));
    }
    return steps;
  }

  /** Completions and the manual, where shells and {@code man} look for them. */
  private void addForShells(List<Step> steps) {
    addIfShipped(steps, "completion/braid.bash", "bash-completion/completions/braid");
    addIfShipped(steps, "completion/_braid", "zsh/site-functions/_braid");
    addIfShipped(steps, "man/braid.1", "man/man1/braid.1");
    if (Files.exists(wishes.version().resolve("completion/braid.fish"))) {
      Path fish = layout.config().resolve("fish/completions/braid.fish");
      steps.add(link(fish, layout.current().resolve("completion/braid.fish")));
    }
  }

  private void addIfShipped(List<Step> steps, String source, String place) {
    if (Files.exists(wishes.version().resolve(source))) {
      steps.add(link(layout.data().resolve(place), layout.current().resolve(source)));
    }
  }

  private PutLink link(Path path, Path target) {
    return new PutLink(receipt, path, target);
  }

  /** What it would write now, a line or more each; empty when all is done already. */
  public List<String> preview() throws IOException {
    var lines = new ArrayList<String>();
    for (Step step : steps()) {
      lines.addAll(step.preview());
    }
    return lines;
  }

  /**
   * Does it.
   *
   * @return what a person should know, a line each
   * @throws IOException when a step cannot be done; what was done is in the receipt
   */
  public List<String> install() throws IOException {
    refuseWhatIsInTheWay();
    makeShare();
    var lines = new ArrayList<String>();
    for (Step step : steps()) {
      lines.addAll(step.perform());
    }
    return lines;
  }

  /** Said before anything is written: without the program there is no installation. */
  private void refuseWhatIsInTheWay() throws IOException {
    if (link(layout.program(), layout.current().resolve("bin/braid")).isInTheWay()) {
      throw new IOException(
          layout.program() + " is something else already; move it, or choose another --prefix");
    }
  }

  /** All else is told of in the receipt, which is in there. */
  private void makeShare() throws IOException {
    new MadeFolders(layout.share()).make();
    Files.createDirectories(layout.receipts());
    receipt.add(new Written.Tree(layout.share()));
  }
}

package dev.braid.isolate;

import java.io.IOException;
import java.util.Optional;

/** What was done in a run, as git shows it. */
public record Patches(Integration integration) {
  /**
   * What a task did, from the commit that its work is; empty when git does not have it any more.
   */
  public Optional<String> ofTask(String commit) throws IOException {
    return between(commit + "^1", commit);
  }

  /** All finished work; empty when there is none, or git does not have it any more. */
  public Optional<String> ofRun() throws IOException {
    Refs refs = integration.refs();
    Optional<String> head = refs.read(refs.integration());
    if (head.isPresent()) {
      return between(integration.base(), head.get());
    }
    var all = new StringBuilder();
    int number = 1;
    for (Optional<String> old = refs.read(refs.undo(number)); old.isPresent(); ) {
      between(old.get(), old.get() + "^1").ifPresent(all::append);
      number++;
      old = refs.read(refs.undo(number));
    }
    return number == 1 ? Optional.empty() : Optional.of(all.toString());
  }

  private Optional<String> between(String before, String after) throws IOException {
    Git.Output output =
        integration
            .repository()
            .git()
            .attempt(
                new byte[0],
                "diff-tree",
                "-p",
                "--binary",
                "--full-index",
                "--no-ext-diff",
                "--no-textconv",
                before,
                after);
    return output.exit() == 0
        ? Optional.of(new String(output.out(), java.nio.charset.StandardCharsets.UTF_8))
        : Optional.empty();
  }
}

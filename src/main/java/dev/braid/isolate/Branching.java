package dev.braid.isolate;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Makes a branch of finished work that holds what tasks did and nothing that the user has not
 * committed: each step of the integration is made again on top of HEAD, as a commit by the user.
 */
public final class Branching {
  private final Integration integration;
  private final Repository repository;
  private final Refs refs;

  public Branching(Integration integration) {
    this.integration = integration;
    this.repository = integration.repository();
    this.refs = integration.refs();
  }

  /** What became of it. */
  public sealed interface Outcome {
    /** There was nothing to bring. */
    record Nothing() implements Outcome {}

    /** The branch of that name holds it. */
    record Made(String branch) implements Outcome {}

    /**
     * It stays out of branches, or of the one that is checked out.
     *
     * @param command gets it, in the top folder of the repository
     */
    record Kept(String reason, String command) implements Outcome {}
  }

  /**
   * Makes the branch.
   *
   * @param name of the branch; one that is there already is not touched, another name is taken
   * @param merge whether the branch that is checked out is to go forward to it
   */
  public Outcome run(String name, boolean merge) throws IOException {
    if (!integration.isUndelivered()) {
      return new Outcome.Nothing();
    }
    try (RepositoryMutex _ = RepositoryMutex.of(repository)) {
      Optional<String> delivered = refs.read(refs.delivered());
      String from = delivered.isPresent() ? delivered.get() : integration.base();
      String to = integration.head();
      String head = repository.head();
      Optional<String> tip = rebuilt(from, to, head);
      if (tip.isEmpty()) {
        return new Delivery(integration, _ -> {})
            .keptFromBranch("what was done rests on changes that are not committed", from, to);
      }
      String branch = free(name);
      refs.write("refs/heads/" + branch, tip.get());
      refs.write(refs.delivered(), to);
      return merge ? merged(branch) : new Outcome.Made(branch);
    }
  }

  private Outcome merged(String branch) throws IOException {
    Git.Output output =
        repository.git().attempt(new byte[0], "merge", "--ff-only", "--quiet", branch);
    if (output.exit() == 0) {
      return new Outcome.Made(branch);
    }
    String why = output.err().lines().findFirst().orElse("git refuses");
    return new Outcome.Kept(why, "git merge " + branch);
  }

  private String free(String name) throws IOException {
    String free = name;
    for (int i = 2; refs.read("refs/heads/" + free).isPresent(); i++) {
      free = name + "-" + i;
    }
    return free;
  }

  /** The last of the new commits; empty when one does not fit without what is not committed. */
  private Optional<String> rebuilt(String from, String to, String head) throws IOException {
    Git git = repository.git();
    String headTree = head.isEmpty() ? Commits.emptyTree(git) : Commits.tree(git, head);
    // As if the user had taken back what is not committed, on top of what the run began with.
    String ground = Commits.make(git, headTree, "HEAD", List.of(from));
    String tip = head;
    String tree = headTree;
    List<String> steps =
        git.run("rev-list", "--first-parent", "--reverse", from + ".." + to)
            .text()
            .lines()
            .toList();
    for (String step : steps) {
      if (!(Merge.of(git, ground, step) instanceof Merge.Clean(String next))) {
        return Optional.empty();
      }
      if (!next.equals(tree)) {
        List<String> parents = tip.isEmpty() ? List.of() : List.of(tip);
        String message = git.run("log", "-1", "--format=%B", step).text();
        tip = Commits.makeAsUser(git, next, message, parents);
        tree = next;
      }
    }
    return Optional.of(tip);
  }
}

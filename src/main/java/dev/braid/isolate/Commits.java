package dev.braid.isolate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Makes and reads commits. Ours are by nobody in particular, and never signed. */
final class Commits {
  private static final String NAME = "Braid";
  private static final String ADDRESS = "braid@localhost";

  private Commits() {}

  /** A commit of a tree, for refs of our own. */
  static String make(Git git, String tree, String message, List<String> parents)
      throws IOException {
    Git anonymous =
        git.with("GIT_AUTHOR_NAME", NAME)
            .with("GIT_AUTHOR_EMAIL", ADDRESS)
            .with("GIT_COMMITTER_NAME", NAME)
            .with("GIT_COMMITTER_EMAIL", ADDRESS);
    return commit(anonymous, tree, message, parents);
  }

  /** A commit of a tree by the user, for branches; ours where git does not know who that is. */
  static String makeAsUser(Git git, String tree, String message, List<String> parents)
      throws IOException {
    boolean known = git.attempt(new byte[0], "var", "GIT_COMMITTER_IDENT").exit() == 0;
    return known ? commit(git, tree, message, parents) : make(git, tree, message, parents);
  }

  private static String commit(Git git, String tree, String message, List<String> parents)
      throws IOException {
    var arguments = new ArrayList<>(List.of("commit-tree", tree));
    for (String parent : parents) {
      arguments.add("-p");
      arguments.add(parent);
    }
    arguments.add("-F");
    arguments.add("-");
    return git.run(message.getBytes(StandardCharsets.UTF_8), arguments.toArray(String[]::new))
        .text();
  }

  static String tree(Git git, String commit) throws IOException {
    return git.run("rev-parse", "--verify", commit + "^{tree}").text();
  }

  static boolean isAncestor(Git git, String ancestor, String of) throws IOException {
    Git.Output output = git.attempt(new byte[0], "merge-base", "--is-ancestor", ancestor, of);
    if (output.exit() > 1) {
      throw git.failed(output, "merge-base");
    }
    return output.exit() == 0;
  }

  /** What git calls a tree without files. */
  static String emptyTree(Git git) throws IOException {
    return git.run("mktree").text();
  }
}

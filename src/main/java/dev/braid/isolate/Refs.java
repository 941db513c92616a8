package dev.braid.isolate;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What Braid keeps in one repository for one run: names of commits below {@code refs/braid/}, where
 * no push by branch finds them.
 *
 * @param run id of the run
 */
record Refs(Repository repository, String run) {
  static final String ALL = "refs/braid/";

  private String below() {
    return ALL + "runs/" + run + "/";
  }

  /** The user's tree when the run first needed it. */
  String base() {
    return below() + "base";
  }

  /** All finished work together, on top of the base. */
  String integration() {
    return below() + "integration";
  }

  /** What of the integration stands in the user's tree already. */
  String delivered() {
    return below() + "delivered";
  }

  /** The user's tree just before work was brought into it. */
  String before() {
    return below() + "before";
  }

  /** All finished work as one commit, when it did not fit into the user's tree. */
  String work() {
    return below() + "work";
  }

  /**
   * What one task did.
   *
   * @param key name of the task that can be part of a ref
   */
  String task(String key) {
    // Neither a dot nor a tilde may stand just anywhere in a ref; no key holds what replaces them.
    return below() + "tasks/" + key.replace('.', '%').replace('~', '=');
  }

  /** A name that is not taken yet, for what an earlier attempt at a task did. */
  String freeAside(String key) throws IOException {
    String all = below() + "aside/" + key.replace('.', '%').replace('~', '=') + "/";
    int number = 1;
    while (read(all + number).isPresent()) {
      number++;
    }
    return all + number;
  }

  /** What an apply replaced, for as long as it can be undone. */
  String undo(int number) {
    return ALL + "undo/" + run + "/" + number;
  }

  Optional<String> read(String ref) throws IOException {
    Git.Output output =
        repository.git().attempt(new byte[0], "rev-parse", "-q", "--verify", ref + "^{commit}");
    return output.exit() == 0 ? Optional.of(output.text()) : Optional.empty();
  }

  void write(String ref, String commit) throws IOException {
    repository.git().run("update-ref", ref, commit);
  }

  /** Deletes it, unless it was moved meanwhile. */
  void delete(String ref, String commit) throws IOException {
    repository.git().run("update-ref", "-d", ref, commit);
  }

  void delete(String ref) throws IOException {
    Optional<String> commit = read(ref);
    if (commit.isPresent()) {
      delete(ref, commit.get());
    }
  }

  /** All refs of the run, undo included. */
  List<String> existing() throws IOException {
    var names = new ArrayList<String>();
    String text =
        repository
            .git()
            .run("for-each-ref", "--format=%(refname)", below(), ALL + "undo/" + run + "/")
            .text();
    text.lines().forEach(names::add);
    return names;
  }
}

package dev.braid.isolate;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * What is to happen in one case, as a seed makes it: what the repository is like, what the user did
 * before, what each task does, and what the user does meanwhile.
 */
record Draft(
    long seed, Set<Trait> traits, List<Step> before, List<List<Step>> tasks, List<Step> meanwhile) {
  private static final int MAX_TASKS = 4;
  private static final int MAX_EDITS = 3;

  /** What a repository, or the way that is gone with it, can be like. */
  enum Trait {
    CRLF,
    TEXT_AUTO,
    EOL_CRLF,
    AUTOCRLF,
    AUTOCRLF_INPUT,
    UNION,
    ODD_NAMES,
    SUBMODULE,
    NESTED,
    NESTED_WITHOUT_COMMIT,
    NO_COMMITS,
    DETACHED,
    SPARSE,
    SPARSE_INDEX,
    IGNORED,
    STASH,
    SHA256,
    /** A task begins after another one has ended. */
    LATE_TASK,
    /** Work is brought home twice. */
    TWO_DELIVERIES,
    /** The program ends after it has written down what it is about to bring. */
    CRASH
  }

  /** What happens to a tree. */
  enum Kind {
    ADD(TreeEdits::add),
    ADD_ODD(TreeEdits::addOdd),
    ADD_CRLF(TreeEdits::addCrlf),
    ADD_BINARY(TreeEdits::addBinary),
    ADD_LINK(TreeEdits::addLink),
    DELETE(TreeEdits::delete),
    RENAME(TreeEdits::rename),
    RENAME_FOLDER(TreeEdits::renameFolder),
    CHANGE(TreeEdits::change),
    APPEND(TreeEdits::append),
    CHANGE_BINARY(TreeEdits::changeBinary),
    CHANGE_LINE_ENDS(TreeEdits::changeLineEnds),
    CHANGE_MODE(TreeEdits::changeMode),
    FILE_TO_FOLDER(TreeEdits::fileToFolder),
    FOLDER_TO_FILE(TreeEdits::folderToFile),
    FOLDER_TO_LINK(TreeEdits::folderToLink),
    FILE_TO_LINK(TreeEdits::fileToLink),
    LINK_TO_FOLDER(TreeEdits::linkToFolder),
    LINK_TO_FILE(TreeEdits::linkToFile),
    ATTRIBUTES(TreeEdits::attributes),
    IGNORE(TreeEdits::ignore),
    ADD_IGNORED(TreeEdits::addIgnored);

    private final Making making;

    Kind(Making making) {
      this.making = making;
    }

    void make(TreeEdits edits) throws IOException {
      making.in(edits);
    }
  }

  /** How an edit is made. */
  private interface Making {
    void in(TreeEdits edits) throws IOException;
  }

  /** What git is told after an edit. */
  enum Staging {
    NOTHING,
    ADD,
    INTENT_TO_ADD,
    COMMIT
  }

  /** One edit. */
  record Step(Kind kind, long seed, Staging staging) {}

  /** The case of a seed; each kind comes first in some of as many seeds as there are kinds. */
  static Draft of(long seed) {
    var chance = new Random(seed);
    List<Step> before = steps(chance, chance.nextInt(MAX_EDITS + 1), Kind.values()[at(seed + 7)]);
    var tasks = new ArrayList<List<Step>>();
    int count = 2 + chance.nextInt(MAX_TASKS - 1);
    for (int i = 0; i < count; i++) {
      Kind first = i == 0 ? Kind.values()[at(seed)] : kind(chance);
      tasks.add(steps(chance, chance.nextInt(MAX_EDITS), first));
    }
    List<Step> meanwhile = steps(chance, chance.nextInt(MAX_EDITS), kind(chance));
    return new Draft(
        seed, traits(seed, chance), before, tasks, chance.nextInt(3) == 0 ? List.of() : meanwhile);
  }

  private static int at(long seed) {
    return Math.floorMod(seed, Kind.values().length);
  }

  private static Kind kind(Random chance) {
    return Kind.values()[chance.nextInt(Kind.values().length)];
  }

  private static List<Step> steps(Random chance, int more, Kind first) {
    var steps = new ArrayList<Step>();
    for (int i = 0; i <= more; i++) {
      Kind kind = i == 0 ? first : kind(chance);
      Staging staging = Staging.values()[chance.nextInt(Staging.values().length)];
      steps.add(new Step(kind, chance.nextLong(), staging));
    }
    return steps;
  }

  private static Set<Trait> traits(long seed, Random chance) {
    var traits = EnumSet.noneOf(Trait.class);
    for (Trait trait : Trait.values()) {
      if (chance.nextInt(6) == 0) {
        traits.add(trait);
      }
    }
    Trait chief = Trait.values()[Math.floorMod(seed, Trait.values().length)];
    traits.add(chief);
    if (chief == Trait.NO_COMMITS) {
      traits.removeAll(List.of(Trait.DETACHED, Trait.SPARSE, Trait.SPARSE_INDEX, Trait.STASH));
    } else if (traits.contains(Trait.DETACHED)
        || traits.contains(Trait.SPARSE)
        || traits.contains(Trait.SPARSE_INDEX)
        || traits.contains(Trait.STASH)) {
      traits.remove(Trait.NO_COMMITS);
    }
    return traits;
  }
}

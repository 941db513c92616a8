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
    ADD,
    ADD_ODD,
    ADD_CRLF,
    ADD_BINARY,
    ADD_LINK,
    DELETE,
    RENAME,
    RENAME_FOLDER,
    CHANGE,
    APPEND,
    CHANGE_BINARY,
    CHANGE_LINE_ENDS,
    CHANGE_MODE,
    FILE_TO_FOLDER,
    FOLDER_TO_FILE,
    FOLDER_TO_LINK,
    FILE_TO_LINK,
    LINK_TO_FOLDER,
    LINK_TO_FILE,
    ATTRIBUTES,
    IGNORE,
    ADD_IGNORED;

    void make(TreeEdits edits) throws IOException {
      switch (this) {
        case ADD -> edits.add();
        case ADD_ODD -> edits.addOdd();
        case ADD_CRLF -> edits.addCrlf();
        case ADD_BINARY -> edits.addBinary();
        case ADD_LINK -> edits.addLink();
        case DELETE -> edits.delete();
        case RENAME -> edits.rename();
        case RENAME_FOLDER -> edits.renameFolder();
        case CHANGE -> edits.change();
        case APPEND -> edits.append();
        case CHANGE_BINARY -> edits.changeBinary();
        case CHANGE_LINE_ENDS -> edits.changeLineEnds();
        case CHANGE_MODE -> edits.changeMode();
        case FILE_TO_FOLDER -> edits.fileToFolder();
        case FOLDER_TO_FILE -> edits.folderToFile();
        case FOLDER_TO_LINK -> edits.folderToLink();
        case FILE_TO_LINK -> edits.fileToLink();
        case LINK_TO_FOLDER -> edits.linkToFolder();
        case LINK_TO_FILE -> edits.linkToFile();
        case ATTRIBUTES -> edits.attributes();
        case IGNORE -> edits.ignore();
        case ADD_IGNORED -> edits.addIgnored();
      }
    }
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

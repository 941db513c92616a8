package dev.braid.plan;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds the folder or repository that some words name: "in auth-service", "to `billing`". */
final class NamedFolder {
  private static final Set<String> PREPOSITIONS = WordSet.of("in to of from for");
  private static final Set<String> SKIPPED =
      WordSet.of("the a our my this repo repository folder directory");

  /** How many skipped words may stand before the place: "in the folder". */
  private static final int SKIPPED_WORDS = 2;

  private static final Set<String> REPOSITORY = Set.of("repo", "repository");

  /** What names a place within a repository rather than one. */
  private static final Set<String> REFERENCES =
      WordSet.of("branch branches tag tags commit commits remote release");

  private static final Set<String> BRANCHES =
      WordSet.of("main master develop dev trunk head origin upstream");

  /** What the names of branches begin with, up to the slash. */
  private static final Set<String> BRANCH_FOLDERS =
      WordSet.of(
          """
          origin upstream refs heads feature features feat bugfix fix hotfix release releases
          chore
          """);

  private NamedFolder() {}

  static boolean isPreposition(Word word) {
    return PREPOSITIONS.contains(word.lower());
  }

  /** The place that the words from there on begin with, in one way of writing. */
  static Optional<String> at(List<Word> words, int from) {
    int i = from;
    while (i < words.size() && i < from + SKIPPED_WORDS && SKIPPED.contains(words.get(i).lower())) {
      i++;
    }
    if (i >= words.size()) {
      return Optional.empty();
    }
    Word word = words.get(i);
    if (PathNames.isUrl(word.text())) {
      return Optional.of(PathNames.repositoryName(word.text()));
    }
    boolean lastOfPhrase = word.pause() || i + 1 == words.size();
    String next = lastOfPhrase ? "" : words.get(i + 1).lower();
    boolean named = word.quoted() || REPOSITORY.contains(next) || looksLikeName(word);
    return named && !isReference(word, next)
        ? Optional.of(PathNames.normal(word.text()))
        : Optional.empty();
  }

  private static boolean looksLikeName(Word word) {
    return word.lower().indexOf('/') >= 0 ? PathNames.isPath(word) : word.lower().indexOf('-') > 0;
  }

  private static boolean isReference(Word word, String next) {
    String lower = word.lower();
    int slash = lower.indexOf('/');
    String first = slash < 0 ? "" : lower.substring(0, slash);
    return REFERENCES.contains(next)
        || REFERENCES.contains(lower)
        || BRANCHES.contains(lower)
        || BRANCH_FOLDERS.contains(first)
        || PathNames.isFileName(lower.substring(lower.lastIndexOf('/') + 1));
  }
}

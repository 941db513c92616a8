package dev.braid.plan;

import java.util.List;
import java.util.Optional;

/** Tells which repository a git operation is about. */
final class GitRepository {
  private GitRepository() {}

  static HeldResource inFolder(String folder) {
    return held(folder, "its folder");
  }

  /** The place that the texts name, else the folder Braid was called in. */
  static HeldResource namedIn(TaskText text) {
    return named(text).orElseGet(() -> held(PathNames.HERE, "no other repository is named"));
  }

  private static Optional<HeldResource> named(TaskText text) {
    for (Sentence sentence : text.sentences()) {
      List<Word> words = sentence.words();
      for (int i = 0; i < words.size(); i++) {
        Word word = words.get(i);
        if (NamedFolder.isPreposition(word) || isClone(word)) {
          var place = NamedFolder.at(words, i + 1);
          if (place.isPresent()) {
            return Optional.of(held(place.get(), "\"" + word.text() + " " + place.get() + "\""));
          }
        }
      }
    }
    return Optional.empty();
  }

  private static boolean isClone(Word word) {
    return Verbs.base(word.lower()).filter("clone"::equals).isPresent();
  }

  private static HeldResource held(String repository, String how) {
    return HeldResource.inferred("git:" + repository, "git operation, " + how);
  }
}

package dev.braid.plan;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the files that a task writes: paths in a sentence with a writing verb, or in a list under a
 * heading with one.
 */
final class WrittenFiles {
  private static final Set<String> BELONGING = Set.of("in", "of");

  private final String folder;
  private final Map<String, HeldResource> files = new LinkedHashMap<>();

  private WrittenFiles(String folder) {
    this.folder = folder;
  }

  /**
   * @param folder the task's own, from which its paths are seen
   */
  static Collection<HeldResource> of(String folder, TaskText text) {
    var written = new WrittenFiles(folder);
    written.read(text.subject());
    written.read(text.prompt());
    return written.files.values();
  }

  private void read(List<Sentence> sentences) {
    Optional<Word> heading = Optional.empty();
    for (Sentence sentence : sentences) {
      if (!sentence.item()) {
        heading = Optional.empty();
      }
      Optional<Word> ofHeading = heading;
      Optional<Word> verb = Verbs.writingVerb(sentence.words()).or(() -> ofHeading);
      verb.ifPresent(writing -> addPaths(sentence.words(), writing));
      if (sentence.heading()) {
        heading = verb;
      }
    }
  }

  private void addPaths(List<Word> words, Word verb) {
    for (int i = 0; i < words.size(); i++) {
      Word word = words.get(i);
      if (PathNames.isPath(word)) {
        String path = PathNames.resolve(folderOf(words, i), PathNames.withoutLine(word.text()));
        files.computeIfAbsent(
            "file:" + path,
            name ->
                HeldResource.inferred(
                    name, "\"" + verb.text() + " ... " + word.text() + "\" in its text"));
      }
    }
  }

  /** A name without a folder, as in "application.yml in auth-service", belongs to that place. */
  private String folderOf(List<Word> words, int file) {
    boolean belongs =
        folder.equals(PathNames.HERE)
            && words.get(file).text().indexOf('/') < 0
            && !words.get(file).pause()
            && file + 1 < words.size()
            && BELONGING.contains(words.get(file + 1).lower());
    return belongs ? NamedFolder.at(words, file + 2).orElse(folder) : folder;
  }
}

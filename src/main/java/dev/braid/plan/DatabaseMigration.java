package dev.braid.plan;

import dev.braid.task.TaskType;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Tells whether a task migrates a database, and which. */
final class DatabaseMigration {
  private static final String DEFAULT_NAME = "default";

  private static final Set<String> MIGRATING =
      WordSet.of("migrate migrates migrating migration migrations");

  private static final Set<String> DATABASE = Set.of("database", "db");

  private static final Set<String> SUBJECTS =
      WordSet.of(
          """
          alembic database databases db flyway liquibase mariadb mysql postgres postgresql
          schema schemas sql sqlite table tables
          """);

  /** What is no name of a database when it stands beside the word. */
  private static final Set<String> NO_NAMES =
      WordSet.of(
          """
          a all an and any apply are as at backup be before both by change changes column
          columns configuration connection create each every existing execute for from has if
          in into is it its layer legacy migrate migrates migrating migration migrations my
          new now of old on one or our relational run running schema schemas script scripts
          server so step table tables that the then this to update url user using version via
          when which with write your
          """);

  private DatabaseMigration() {}

  static Optional<HeldResource> of(TaskType type, TaskText text) {
    List<Sentence> sentences = text.sentences();
    boolean migrates =
        type == TaskType.MIGRATION || sentences.stream().anyMatch(s -> has(s, MIGRATING));
    if (!migrates || sentences.stream().noneMatch(DatabaseMigration::isAboutDatabase)) {
      return Optional.empty();
    }
    for (Sentence sentence : sentences) {
      Optional<String> name = name(sentence.words());
      if (name.isPresent()) {
        return Optional.of(held(name.get()));
      }
    }
    return Optional.of(held(DEFAULT_NAME));
  }

  private static HeldResource held(String name) {
    return HeldResource.inferred("db:" + name, "database migration");
  }

  private static boolean has(Sentence sentence, Set<String> words) {
    return sentence.words().stream().anyMatch(word -> words.contains(word.lower()));
  }

  /** A GraphQL schema is no matter of a database. */
  private static boolean isAboutDatabase(Sentence sentence) {
    List<Word> words = sentence.words();
    for (int i = 0; i < words.size(); i++) {
      boolean graphql = i > 0 && words.get(i - 1).is("graphql");
      if (SUBJECTS.contains(words.get(i).lower()) && !graphql) {
        return true;
      }
    }
    return false;
  }

  /** "users database", "database users" or "users db". */
  private static Optional<String> name(List<Word> words) {
    for (int i = 0; i < words.size(); i++) {
      if (DATABASE.contains(words.get(i).lower())) {
        if (i > 0 && !words.get(i - 1).pause() && isName(words.get(i - 1))) {
          return Optional.of(words.get(i - 1).lower());
        }
        boolean followed = i + 1 < words.size() && !words.get(i).pause();
        if (followed && isName(words.get(i + 1)) && endsPhrase(words, i + 1)) {
          return Optional.of(words.get(i + 1).lower());
        }
      }
    }
    return Optional.empty();
  }

  private static boolean isName(Word word) {
    String lower = word.lower();
    boolean adverb = lower.endsWith("ly");
    return word.quoted()
        || (!NO_NAMES.contains(lower)
            && !SUBJECTS.contains(lower)
            && !adverb
            && Verbs.base(lower).isEmpty());
  }

  /** "database billing to v2" names one, "database billing code" does not. */
  private static boolean endsPhrase(List<Word> words, int i) {
    return words.get(i).quoted()
        || words.get(i).pause()
        || i + 1 == words.size()
        || NO_NAMES.contains(words.get(i + 1).lower());
  }
}

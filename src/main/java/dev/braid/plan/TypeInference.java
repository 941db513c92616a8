package dev.braid.plan;

import dev.braid.task.TaskType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the type of a task out of subject and prompt, from the verbs that head their clauses. When
 * a text both looks and changes ("find and fix"), it is a general task: that one is kept apart from
 * others, while a mere search would not be.
 */
final class TypeInference {
  private static final Set<String> CONJUNCTIONS = Set.of("and", "then", "but", "plus");

  private TypeInference() {}

  /** The subject decides, unless it says nothing or the prompt begins with a change. */
  static InferredType of(TaskText text) {
    Optional<InferredType> subject = ofAll(text.subject());
    if (subject.isEmpty()) {
      return ofAll(text.prompt()).orElse(InferredType.UNKNOWN);
    }
    Optional<InferredType> promptStart = first(text.prompt());
    return promptStart.isPresent() && promptStart.get().type() == TaskType.GENERAL
        ? both(subject.get(), promptStart.get())
        : subject.get();
  }

  private static Optional<InferredType> ofAll(List<Sentence> sentences) {
    Optional<InferredType> result = Optional.empty();
    for (Sentence sentence : sentences) {
      for (List<Word> clause : clauses(sentence)) {
        Optional<InferredType> next = ClauseType.of(clause);
        if (next.isPresent()) {
          result = result.map(before -> both(before, next.get())).or(() -> next);
        }
      }
    }
    return result;
  }

  private static Optional<InferredType> first(List<Sentence> sentences) {
    for (Sentence sentence : sentences) {
      for (List<Word> clause : clauses(sentence)) {
        Optional<InferredType> type = ClauseType.of(clause);
        if (type.isPresent()) {
          return type;
        }
      }
    }
    return Optional.empty();
  }

  private static List<List<Word>> clauses(Sentence sentence) {
    var clauses = new ArrayList<List<Word>>();
    List<Word> words = sentence.words();
    int start = 0;
    for (int i = 0; i < words.size(); i++) {
      boolean conjunction = CONJUNCTIONS.contains(words.get(i).lower());
      if (conjunction || words.get(i).pause()) {
        clauses.add(words.subList(start, conjunction ? i : i + 1));
        start = i + 1;
      }
    }
    clauses.add(words.subList(start, words.size()));
    return clauses;
  }

  private static InferredType both(InferredType first, InferredType second) {
    if (changesFiles(first.type())) {
      return first;
    }
    if (changesFiles(second.type())) {
      return new InferredType(second.type(), first.words() + " ... " + second.words());
    }
    return reach(second.type()) > reach(first.type()) ? second : first;
  }

  private static boolean changesFiles(TaskType type) {
    return switch (type) {
      case SERVICE_CREATION, MIGRATION, GENERAL -> true;
      case TESTING, BUILD, DEPLOYMENT, FILE_READ, SEARCH, GIT_OPERATION -> false;
    };
  }

  /** How far it reaches beyond its own folder: "build and deploy" is a deployment. */
  private static int reach(TaskType type) {
    return switch (type) {
      case FILE_READ -> 0;
      case SEARCH -> 1;
      case TESTING -> 2;
      case BUILD -> 3;
      case GIT_OPERATION -> 4;
      case DEPLOYMENT -> 5;
      case SERVICE_CREATION, MIGRATION, GENERAL -> 6;
    };
  }
}

package dev.braid.plan;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The verbs that tell what a task does, in the forms in which tasks are worded. */
final class Verbs {
  /** Verbs after which a file that the sentence names is another one than before. */
  private static final Set<String> WRITING =
      WordSet.of(
          """
          add adjust append bump change configure convert copy create delete disable edit
          enable enhance extend extract fix generate implement improve insert integrate
          introduce migrate modify move optimise optimize overwrite patch prepend put recreate
          refactor reformat remove rename reorganize replace restructure revise rewrite rework
          save scaffold simplify split translate update upgrade write
          """);

  /** Verbs of which only the place at the head of a sentence says that they are verbs. */
  private static final Set<String> LEADING =
      WordSet.of(
          """
          assemble bootstrap build cat checkout cherry-pick clean clone commit compile deploy
          design develop document draft execute fetch find git grep install locate look make
          merge package port pull push read rebase rebuild redeploy rerun research retest
          revert rg roll run search set squash stash tag test undeploy view
          """);

  /** Verbs that double their last letter before {@code -ing}. */
  private static final Set<String> DOUBLING =
      WordSet.of("commit get grep put rerun run set split tag");

  /** Third persons that are nouns more often: "push changes". */
  private static final Set<String> NOUNS =
      WordSet.of("changes copies edits fixes moves patches splits updates");

  private static final Set<String> NEGATIONS =
      WordSet.of("not never without cannot avoid don't dont mustn't shouldn't can't won't doesn't");

  /** What may stand between a negation and its verb, besides words such as "directly". */
  private static final Set<String> ADVERBS = Set.of("ever", "to", "also", "yet");

  /** How many such words may stand there: "must not ever directly edit". */
  private static final int ADVERBS_BEFORE_VERB = 2;

  private static final Map<String, String> BASES = bases();
  private static final Set<String> WRITING_FORMS = writingForms();
  private static final Set<String> PARTICIPLES = participles();

  private Verbs() {}

  /** The verb of which this is the base form or the {@code -ing} form. */
  static Optional<String> base(String lower) {
    return Optional.ofNullable(BASES.get(lower));
  }

  /** The first writing verb of those words that is not negated. */
  static Optional<Word> writingVerb(List<Word> words) {
    int negated = -1;
    for (int i = 0; i < words.size(); i++) {
      if (isWritingAt(words, i)) {
        if (!isNegated(words, i, negated)) {
          return Optional.of(words.get(i));
        }
        negated = i;
      }
    }
    return Optional.empty();
  }

  private static boolean isWritingAt(List<Word> words, int i) {
    String lower = words.get(i).lower();
    return WRITING_FORMS.contains(lower)
        || (i > 0 && words.get(i - 1).is("be") && PARTICIPLES.contains(lower));
  }

  /** "Do not create, change or delete": a negation goes on along a list of verbs. */
  private static boolean isNegated(List<Word> words, int verb, int lastNegated) {
    int before = verb - 1;
    while (before > 0 && verb - before <= ADVERBS_BEFORE_VERB && isAdverb(words.get(before))) {
      before--;
    }
    if (before >= 0 && isNegation(words.get(before))) {
      return true;
    }
    boolean afterOr = verb > 0 && (words.get(verb - 1).is("or") || words.get(verb - 1).is("nor"));
    return lastNegated >= 0 && lastNegated == verb - (afterOr ? 2 : 1);
  }

  private static boolean isNegation(Word word) {
    return NEGATIONS.contains(word.lower()) && !word.pause();
  }

  /** "Not only" negates nothing. */
  private static boolean isAdverb(Word word) {
    String lower = word.lower();
    return !word.pause()
        && !lower.equals("only")
        && (lower.endsWith("ly") || ADVERBS.contains(lower));
  }

  private static Map<String, String> bases() {
    var bases = new HashMap<String, String>();
    for (var verbs : List.of(WRITING, LEADING)) {
      for (String verb : verbs) {
        bases.put(verb, verb);
        bases.put(gerund(verb), verb);
      }
    }
    return Map.copyOf(bases);
  }

  private static Set<String> writingForms() {
    var forms = new HashSet<String>();
    for (String verb : WRITING) {
      forms.add(verb);
      forms.add(gerund(verb));
      forms.add(thirdPerson(verb));
    }
    forms.removeAll(NOUNS);
    return Set.copyOf(forms);
  }

  private static Set<String> participles() {
    var forms = new HashSet<>(Set.of("written", "rewritten", "overwritten", "put", "split"));
    for (String verb : WRITING) {
      if (verb.endsWith("e")) {
        forms.add(verb + "d");
      } else if (verb.endsWith("y")) {
        forms.add(withoutLast(verb) + "ied");
      } else {
        forms.add(verb + "ed");
      }
    }
    return Set.copyOf(forms);
  }

  private static String gerund(String verb) {
    if (verb.endsWith("e")) {
      return withoutLast(verb) + "ing";
    }
    return DOUBLING.contains(verb) ? verb + verb.charAt(verb.length() - 1) + "ing" : verb + "ing";
  }

  private static String thirdPerson(String verb) {
    if (verb.endsWith("x") || verb.endsWith("ch")) {
      return verb + "es";
    }
    return verb.endsWith("y") ? withoutLast(verb) + "ies" : verb + "s";
  }

  private static String withoutLast(String verb) {
    return verb.substring(0, verb.length() - 1);
  }
}

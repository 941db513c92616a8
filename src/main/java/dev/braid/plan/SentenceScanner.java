package dev.braid.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Cuts a text into sentences in one pass. A sentence ends at {@code . ! ? ;} after a word, at an
 * empty line, at the end of a title, and before an item of a list; a dot inside {@code a.txt} or
 * after {@code e.g.} ends none, and neither does the end of a line.
 */
final class SentenceScanner {
  private static final String SEPARATORS = ",\"`\u201c\u201d";
  private static final String OPENING = "([{'#";
  private static final String CLOSING = ".,;:!?)]}'\u2026";
  private static final String ENDING = ".!?;\u2026";
  private static final Set<String> ABBREVIATIONS = WordSet.of("e.g i.e etc vs cf incl approx");
  private static final String BULLETS = "-*+\u2022";

  private final String text;
  private final int end;
  private final List<Sentence> sentences = new ArrayList<>();
  private List<Word> words = new ArrayList<>();
  private boolean item;
  private boolean title;
  private int at;

  private SentenceScanner(String text, int end) {
    this.text = text;
    this.end = end;
  }

  /** The sentences of the first {@code limit} characters. */
  static List<Sentence> scan(String text, int limit) {
    var scanner = new SentenceScanner(text, Math.min(text.length(), limit));
    scanner.run();
    return scanner.sentences;
  }

  private void run() {
    boolean lineStart = true;
    while (at < end) {
      char c = text.charAt(at);
      if (c == '\n') {
        if (lineStart || title) {
          endSentence(title);
        }
        item &= !lineStart;
        title = false;
        lineStart = true;
        at++;
      } else if (isSeparator(c)) {
        if (c == ',') {
          pause();
        }
        at++;
      } else {
        int start = at;
        while (at < end && !isSeparator(text.charAt(at))) {
          at++;
        }
        token(start, at, lineStart);
        lineStart = false;
      }
    }
    endSentence(false);
  }

  private static boolean isSeparator(char c) {
    return c <= ' ' || SEPARATORS.indexOf(c) >= 0 || Character.isWhitespace(c);
  }

  private void token(int start, int stop, boolean lineStart) {
    if (lineStart && isBullet(start, stop)) {
      endSentence(false);
      title = text.charAt(start) == '#';
      item = !title;
      return;
    }
    int from = start;
    int to = stop;
    while (from < to && OPENING.indexOf(text.charAt(from)) >= 0) {
      from++;
    }
    to = withoutClosing(from, to);
    // Emphasis as in **this:** comes off in pairs only, since *.java is a pattern.
    while (to - from > 2 && text.charAt(from) == '*' && text.charAt(to - 1) == '*') {
      from++;
      to = withoutClosing(from, to - 1);
    }
    if (!hasLetterOrDigit(from, to)) {
      punctuationAlone(start, stop);
      return;
    }
    boolean quoted = start > 0 && text.charAt(start - 1) == '`';
    words.add(word(text.substring(from, to), quoted));
    punctuation(words.getLast(), to, stop);
  }

  private int withoutClosing(int from, int stop) {
    int to = stop;
    while (to > from && CLOSING.indexOf(text.charAt(to - 1)) >= 0) {
      to--;
    }
    return to;
  }

  private static Word word(String written, boolean quoted) {
    boolean genitive = written.endsWith("'s") || written.endsWith("\u2019s");
    String text = genitive ? written.substring(0, written.length() - 2) : written;
    String lower = text.toLowerCase(Locale.ROOT).replace('\u2019', '\'');
    return new Word(text, lower, quoted, false);
  }

  /** After a quotation it belongs to the word before; else it is an operator or a dash. */
  private void punctuationAlone(int start, int stop) {
    boolean attached = start > 0 && SEPARATORS.indexOf(text.charAt(start - 1)) >= 0;
    if (attached && !words.isEmpty()) {
      punctuation(words.getLast(), start, stop);
    } else {
      pause();
    }
  }

  private void punctuation(Word word, int from, int stop) {
    for (int i = from; i < stop; i++) {
      char c = text.charAt(i);
      if (c == ':') {
        pause();
        if (isEndOfLine(stop)) {
          endSentence(true);
        }
        return;
      }
      if (ENDING.indexOf(c) >= 0 && !(c == '.' && ABBREVIATIONS.contains(word.lower()))) {
        endSentence(false);
        return;
      }
    }
  }

  private boolean isEndOfLine(int place) {
    int i = place;
    while (i < end && text.charAt(i) != '\n' && isSeparator(text.charAt(i))) {
      i++;
    }
    return i == end || text.charAt(i) == '\n';
  }

  private boolean isBullet(int start, int stop) {
    if (BULLETS.indexOf(text.charAt(start)) >= 0) {
      return stop - start == 1;
    }
    if (text.charAt(start) == '#') {
      return !hasLetterOrDigit(start, stop);
    }
    int i = start;
    while (i < stop && Character.isDigit(text.charAt(i))) {
      i++;
    }
    return i > start && i == stop - 1 && (text.charAt(i) == '.' || text.charAt(i) == ')');
  }

  private boolean hasLetterOrDigit(int from, int to) {
    for (int i = from; i < to; i++) {
      if (Character.isLetterOrDigit(text.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  private void pause() {
    if (!words.isEmpty()) {
      words.set(words.size() - 1, words.getLast().withPause());
    }
  }

  private void endSentence(boolean heading) {
    if (!words.isEmpty()) {
      sentences.add(new Sentence(words, heading, item));
      words = new ArrayList<>();
    }
  }
}

package dev.braid.plan;

import dev.braid.task.Task;
import java.util.ArrayList;
import java.util.List;

/**
 * Subject and prompt of a task in sentences, cut once for every rule that reads them. The command
 * is never among them.
 *
 * @param cut whether they are longer than {@link #CHARACTERS}
 */
record TaskText(List<Sentence> subject, List<Sentence> prompt, boolean cut) {
  /** How much of a task's texts is read. */
  static final int CHARACTERS = 64 * 1024;

  static TaskText of(Task task) {
    String subject = task.subject();
    String prompt = task.work().prompt() == null ? "" : task.work().prompt();
    int forPrompt = Math.max(0, CHARACTERS - subject.length());
    return new TaskText(
        SentenceScanner.scan(subject, CHARACTERS),
        SentenceScanner.scan(prompt, forPrompt),
        prompt.length() > forPrompt || subject.length() > CHARACTERS);
  }

  /** Subject first. */
  List<Sentence> sentences() {
    var all = new ArrayList<Sentence>(subject.size() + prompt.size());
    all.addAll(subject);
    all.addAll(prompt);
    return all;
  }
}

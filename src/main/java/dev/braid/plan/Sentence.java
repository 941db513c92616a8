package dev.braid.plan;

import java.util.List;

/**
 * Words that belong together: a sentence, or one item of a list.
 *
 * @param heading whether it is a title or ends with a colon at the end of a line
 * @param item whether it belongs to an item of a list
 */
record Sentence(List<Word> words, boolean heading, boolean item) {}

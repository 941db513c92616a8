package dev.braid.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class FailuresTest {
  @Test
  void what_was_done_stands_before_what_the_system_said() {
    var full = new IOException("No space left on device");
    var failure = new CompletionException(new UncheckedIOException("writing the journal", full));

    assertThat(Failures.inWords(failure))
        .isEqualTo("writing the journal: java.io.IOException: No space left on device");
  }

  @Test
  void what_is_in_words_already_is_not_said_twice() {
    var memory = new OutOfMemoryError("Java heap space");
    var failure = new IllegalStateException(Failures.inWords(memory), memory);

    assertThat(Failures.inWords(failure)).isEqualTo("too little memory: Java heap space");
  }
}

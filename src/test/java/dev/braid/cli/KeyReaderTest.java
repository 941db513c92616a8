package dev.braid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyReaderTest {
  /** What the keys are that a terminal sends these bytes for, until nothing comes any more. */
  private static List<Key> keys(String sent) {
    var bytes = new ArrayList<Integer>();
    sent.chars().forEach(bytes::add);
    var reader = new KeyReader(_ -> bytes.isEmpty() ? KeyReader.EXPIRED : bytes.removeFirst());
    var keys = new ArrayList<Key>();
    for (Key key = reader.read(1); key != null; key = reader.read(1)) {
      keys.add(key);
    }
    return keys;
  }

  @ParameterizedTest
  @CsvSource({
    "[A,UP",
    "OA,UP",
    "[B,DOWN",
    "OB,DOWN",
    "[C,ENTER",
    "[D,BACK",
    "[Z,BACK",
    "[H,FIRST",
    "[F,LAST",
    "OH,FIRST",
    "OF,LAST",
    "[1~,FIRST",
    "[4~,LAST",
    "[7~,FIRST",
    "[8~,LAST",
    "[5~,PAGE_UP",
    "[6~,PAGE_DOWN",
    "[1;5A,UP",
    "[15~,OTHER",
    "[200~,OTHER",
    "[?1;2c,OTHER"
  })
  void keys_that_send_a_sequence_are_known_with_either_beginning(String sequence, Key key) {
    assertThat(keys("\u001b" + sequence)).containsExactly(key);
  }

  @Test
  void an_escape_alone_goes_back() {
    assertThat(keys("\u001b")).containsExactly(Key.BACK);
  }

  @Test
  void letters_mean_what_the_help_says() {
    assertThat(keys("kjgGlcro?yq\u0003\r\t x"))
        .containsExactly(
            Key.UP,
            Key.DOWN,
            Key.FIRST,
            Key.LAST,
            Key.SHOW,
            Key.CANCEL,
            Key.RETRY,
            Key.OPEN,
            Key.HELP,
            Key.YES,
            Key.QUIT,
            Key.QUIT,
            Key.ENTER,
            Key.SWITCH,
            Key.PAGE_DOWN,
            Key.OTHER);
  }

  @Test
  void a_sequence_that_breaks_off_is_no_key_that_does_anything() {
    assertThat(keys("\u001b[1;")).containsExactly(Key.OTHER);
  }

  @Test
  void the_end_of_the_input_and_a_terminal_that_is_gone_quit() {
    assertThat(new KeyReader(_ -> -1).read(1)).isEqualTo(Key.QUIT);
    assertThat(
            new KeyReader(
                    _ -> {
                      throw new IOException("Input/output error");
                    })
                .read(1))
        .isEqualTo(Key.QUIT);
  }
}

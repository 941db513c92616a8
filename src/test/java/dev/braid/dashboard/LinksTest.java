package dev.braid.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinksTest {
  private static final Map<String, String> CALLER = Map.of("SECRET", "s");

  @TempDir private Path folder;
  private Instant now = Instant.parse("2030-05-06T07:08:09Z");

  private Links links() {
    return new Links(key(), () -> now, new SplittableRandom(7));
  }

  private Path key() {
    return folder.resolve("key");
  }

  @Test
  void a_code_is_good_once() throws IOException {
    Links links = links();
    String code = links.code(CALLER);

    assertThat(links.enter(code)).isPresent();
    assertThat(links.enter(code)).isEmpty();
  }

  @Test
  void a_code_is_good_for_a_minute() throws IOException {
    Links links = links();
    String code = links.code(CALLER);
    now = now.plus(Links.CODE_LIFE).plusMillis(1);

    assertThat(links.enter(code)).isEmpty();
  }

  @Test
  void what_was_never_a_code_gets_nothing() throws IOException {
    assertThat(links().enter("")).isEmpty();
    assertThat(links().enter("0".repeat(64))).isEmpty();
  }

  @Test
  void a_token_outlives_the_daemon_but_not_its_day() throws IOException {
    Links links = links();
    String token = links.enter(links.code(CALLER)).orElseThrow();

    assertThat(links().isGood(token)).isTrue();
    now = now.plus(Links.TOKEN_LIFE).plus(Duration.ofSeconds(1));
    assertThat(links().isGood(token)).isFalse();
  }

  @Test
  void a_token_that_was_changed_is_none() throws IOException {
    Links links = links();
    String token = links.enter(links.code(CALLER)).orElseThrow();

    assertThat(links.isGood("9" + token)).isFalse();
    assertThat(links.isGood(token.substring(1))).isFalse();
    assertThat(links.isGood(token + "0")).isFalse();
    assertThat(links.isGood(token.replaceFirst("\\..*\\.", ".x."))).isFalse();
    for (String nonsense : new String[] {"", ".", "..", "a.b.c", "1795878967.x"}) {
      assertThat(links.isGood(nonsense)).as(nonsense).isFalse();
    }
  }

  @Test
  void without_its_key_no_token_is_good_any_more() throws IOException {
    Links links = links();
    String token = links.enter(links.code(CALLER)).orElseThrow();
    Files.delete(key());

    assertThat(new Links(key(), () -> now, new SplittableRandom(8)).isGood(token)).isFalse();
  }

  @Test
  void the_key_is_for_its_owner_alone() throws IOException {
    Links links = links();
    var _ = links.enter(links.code(CALLER));

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key())))
        .isEqualTo("rw-------");
  }

  @Test
  void the_callers_variables_are_remembered_in_memory_only() throws IOException {
    Links links = links();
    String token = links.enter(links.code(CALLER)).orElseThrow();

    assertThat(links.environment(token)).hasValue(CALLER);
    assertThat(links().environment(token)).isEmpty();
    assertThat(Files.readString(key())).doesNotContain("SECRET");
  }
}

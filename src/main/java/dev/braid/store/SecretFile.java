package dev.braid.store;

import dev.braid.store.AtomicFile.Durability;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * A secret text in a file that only its owner may read. One that was cut short is none: it would be
 * easy to guess, and nobody else knows it any more.
 */
public final class SecretFile {
  private static final int BYTES = 32;
  private static final Pattern WHOLE = Pattern.compile("[0-9a-f]{" + 2 * BYTES + "}");

  private SecretFile() {}

  /**
   * A new secret.
   *
   * @param random fit for secrets
   */
  public static String make(RandomGenerator random) {
    var bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** The secret of a file; empty when there is none. */
  public static Optional<String> read(Path file) throws IOException {
    return AtomicFile.find(file).map(String::strip).filter(WHOLE.asMatchPredicate());
  }

  /** The secret of a file, which is made anew where there is none. */
  public static String keep(Path file, RandomGenerator random) throws IOException {
    Optional<String> known = read(file);
    if (known.isPresent()) {
      return known.get();
    }
    String secret = make(random);
    AtomicFile.write(file, secret + "\n", Durability.MACHINE);
    return secret;
  }
}

package dev.braid.dashboard;

import dev.braid.store.SecretFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Who may see the page's data: whoever came by a link that {@code braid dashboard} asked for. A
 * link holds a code that is good once and for a minute; for it a page gets a token. Tokens say when
 * they end and are signed with a key that only the user can read, so that they outlive the daemon.
 * Safe for use by several threads.
 */
public final class Links {
  /** Time between the command and the browser. */
  static final Duration CODE_LIFE = Duration.ofMinutes(1);

  static final Duration TOKEN_LIFE = Duration.ofHours(24);

  /** Codes and callers that are remembered; older ones are forgotten. */
  private static final int MAX_KEPT = 64;

  private static final String MAC = "HmacSHA256";

  private record Code(Map<String, String> environment, Instant end) {}

  private final Path keyFile;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Map<String, Code> codes = forgetful();
  private final Map<String, Map<String, String>> callers = forgetful();

  /**
   * @param keyFile made when it is needed first; readable by its owner only
   * @param random fit for secrets
   */
  public Links(Path keyFile, InstantSource clock, RandomGenerator random) {
    this.keyFile = keyFile;
    this.clock = clock;
    this.random = random;
  }

  private static <V> Map<String, V> forgetful() {
    return new LinkedHashMap<>() {
      private static final long serialVersionUID = 1;

      @Override
      protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
        return size() > MAX_KEPT;
      }
    };
  }

  /**
   * Makes a code.
   *
   * @param environment of the caller, in which runs are done again that the page asks for; held in
   *     memory only
   */
  public synchronized String code(Map<String, String> environment) {
    String code = SecretFile.make(random);
    codes.put(code, new Code(Map.copyOf(environment), clock.instant().plus(CODE_LIFE)));
    return code;
  }

  /** Takes a code for a token; empty when it is none, is used, or too old. */
  public synchronized Optional<String> enter(String code) throws IOException {
    Code known = codes.remove(code);
    if (known == null || clock.instant().isAfter(known.end())) {
      return Optional.empty();
    }
    String content =
        clock.instant().plus(TOKEN_LIFE).getEpochSecond() + "." + SecretFile.make(random);
    String token = content + "." + signature(content);
    callers.put(token, known.environment());
    return Optional.of(token);
  }

  /** Whether a token is one of these and not too old. */
  public boolean isGood(String token) throws IOException {
    int dot = token.lastIndexOf('.');
    int first = token.indexOf('.');
    if (dot <= first || first < 0) {
      return false;
    }
    String content = token.substring(0, dot);
    byte[] given = token.substring(dot + 1).getBytes(StandardCharsets.UTF_8);
    byte[] right = signature(content).getBytes(StandardCharsets.UTF_8);
    return MessageDigest.isEqual(given, right) && isYoung(token.substring(0, first));
  }

  /** To be asked of what is signed. */
  private boolean isYoung(String end) {
    return clock.instant().isBefore(Instant.ofEpochSecond(Long.parseLong(end)));
  }

  /** The variables of the caller who got a token; empty after a restart of the daemon. */
  public synchronized Optional<Map<String, String>> environment(String token) {
    return Optional.ofNullable(callers.get(token)).map(HashMap::new);
  }

  private synchronized String signature(String content) throws IOException {
    try {
      Mac mac = Mac.getInstance(MAC);
      byte[] key = SecretFile.keep(keyFile, random).getBytes(StandardCharsets.UTF_8);
      mac.init(new SecretKeySpec(key, MAC));
      return HexFormat.of().formatHex(mac.doFinal(content.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IOException("signing with " + keyFile + ": " + e.getMessage(), e);
    }
  }
}

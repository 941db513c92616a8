package dev.braid.claude;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * Files of lists that were read before: one that did not change is not read again, and a content
 * that was parsed is not parsed again. What nobody asks for is forgotten, so that a daemon that has
 * seen many lists is no larger than one that sees few. Used by many threads.
 */
public final class ListCache implements ListFiles {
  /** All contents together, in bytes of their files. */
  private static final long MAX_BYTES = 32 << 20;

  private static final int MAX_FILES = 50_000;

  /** So long after somebody asked for it last: a list at work changes more often. */
  private static final Duration FORGOTTEN = Duration.ofMinutes(10);

  /** What an entry takes besides its bytes. */
  private static final int ENTRY_BYTES = 200;

  /**
   * A file that changed so shortly before it was read may have changed again since, within one tick
   * of the clock of its file system and without a change of its size.
   */
  private static final Duration TICK = Duration.ofMillis(50);

  /** What tells whether a file changed; the key is that of its inode. */
  private record Stamp(Instant modified, long size, Object key) {
    static Stamp of(BasicFileAttributes attributes) {
      Object key = attributes.fileKey();
      return new Stamp(
          attributes.lastModifiedTime().toInstant(), attributes.size(), key == null ? "" : key);
    }
  }

  private record Seen(Stamp stamp, Instant read, Key key) {
    boolean isStill(Stamp now) {
      return stamp.equals(now) && stamp.modified().isBefore(read.minus(TICK));
    }
  }

  /** A content, of which the id is a part: it decides what the bytes mean. */
  private record Key(String id, ByteBuffer bytes) {}

  private final InstantSource clock;
  private final Cache<Path, Seen> seen;
  private final Cache<Key, Content> parsed;

  /**
   * An empty one.
   *
   * @param nanos a clock that only goes forward
   */
  public ListCache(InstantSource clock, LongSupplier nanos) {
    this.clock = clock;
    this.seen = forgetting(nanos).maximumSize(MAX_FILES).build();
    this.parsed =
        forgetting(nanos)
            .maximumWeight(MAX_BYTES)
            .weigher((Key key, Content _) -> key.bytes().remaining() + ENTRY_BYTES)
            .build();
  }

  private static Caffeine<Object, Object> forgetting(LongSupplier nanos) {
    return Caffeine.newBuilder()
        .expireAfterAccess(FORGOTTEN)
        .ticker(nanos::getAsLong)
        .executor(Runnable::run)
        .recordStats();
  }

  @Override
  public Content read(String id, Path file) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    if (!attributes.isRegularFile()) {
      return Content.NO_FILE;
    }
    var stamp = Stamp.of(attributes);
    Seen before = seen.getIfPresent(file);
    if (before != null && before.isStill(stamp)) {
      return content(before.key());
    }
    Instant now = clock.instant();
    byte[] bytes = ListFiles.bytes(file);
    var key = new Key(id, ByteBuffer.wrap(bytes));
    seen.put(file, new Seen(stamp, now, key));
    return content(key);
  }

  private Content content(Key key) {
    return parsed.get(key, missing -> ListFiles.parse(missing.id(), missing.bytes().array()));
  }

  /**
   * How well it serves.
   *
   * @param unread part of the looks at files that found them unchanged, from 0 to 1
   * @param unparsed part of the contents that were known, from 0 to 1
   */
  public record HitRates(double unread, double unparsed) {}

  public HitRates hitRates() {
    return new HitRates(seen.stats().hitRate(), parsed.stats().hitRate());
  }
}

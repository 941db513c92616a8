package dev.braid.state;

import dev.braid.config.Places;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The state that one version left for a user whose home is {@code /home/user}: all kinds of files,
 * with the same story behind them whichever version wrote them. {@code .ci/state} makes it.
 *
 * @param version such as {@code v0.1.0}
 * @param folder that holds it; nothing is to be changed there
 */
public record EarlierState(String version, Path folder) {
  private static final Path ALL = Path.of("src/test/resources/state");

  /** Sessions of the story: one has a result to be told, one is parked, one waits. */
  public static final String TOLD = "00000000-0000-4000-8000-000000000001";

  public static final String PARKED = "00000000-0000-4000-8000-000000000002";
  public static final String WAITING = "00000000-0000-4000-8000-000000000003";

  /** The states of all versions, the oldest first. */
  public static List<EarlierState> all() {
    try (Stream<Path> folders = Files.list(ALL)) {
      return folders
          .filter(Files::isDirectory)
          .map(folder -> new EarlierState(String.valueOf(folder.getFileName()), folder))
          .sorted((one, other) -> Arrays.compare(one.numbers(), other.numbers()))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the version is made of: v0.10.0 comes after v0.9.0. */
  private int[] numbers() {
    return Stream.of(version.substring(1).split("\\.", -1)).mapToInt(Integer::parseInt).toArray();
  }

  /** A copy that may be changed, in an empty folder. */
  public EarlierState copiedTo(Path empty) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.toList()) {
        Path copy = empty.resolve(folder.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(file, copy);
        }
      }
    }
    return new EarlierState(version, empty);
  }

  /** The places below the user's root. */
  public Places places() {
    return new Places(folder.resolve("root"));
  }

  /** Where its worktrees were, without them. */
  public Path worktrees() {
    return folder.resolve("cache");
  }

  /** Braid's own folder, where receipts are. */
  public Path share() {
    return folder.resolve("share");
  }

  @Override
  public String toString() {
    return version;
  }
}

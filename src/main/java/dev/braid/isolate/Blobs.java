package dev.braid.isolate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Reads blobs of git, many with one call: a start of git takes longer than to read a file. */
final class Blobs {
  /** What one call returns is in memory as a whole; a larger blob is read by a call of its own. */
  private static final long MAX_BYTES = 32L << 20;

  private Blobs() {}

  /** Gets each blob, in the order in which they were asked for. */
  interface Taker {
    void take(int index, byte[] bytes) throws IOException;
  }

  static void read(Git git, List<String> ids, Taker taker) throws IOException {
    List<Long> sizes = sizes(git, ids);
    int from = 0;
    while (from < ids.size()) {
      int to = from + 1;
      long bytes = sizes.get(from);
      while (to < ids.size() && bytes + sizes.get(to) <= MAX_BYTES) {
        bytes += sizes.get(to);
        to++;
      }
      readSome(git, ids, from, to, taker);
      from = to;
    }
  }

  private static List<Long> sizes(Git git, List<String> ids) throws IOException {
    if (ids.isEmpty()) {
      return List.of();
    }
    List<String> lines =
        git.run(lines(ids), "cat-file", "--batch-check=%(objecttype) %(objectsize)")
            .text()
            .lines()
            .toList();
    for (int i = 0; i < ids.size(); i++) {
      if (i >= lines.size() || !lines.get(i).startsWith("blob ")) {
        throw new GitException("git has no blob " + ids.get(i));
      }
    }
    return lines.stream().map(line -> Long.valueOf(line.substring("blob ".length()))).toList();
  }

  private static void readSome(Git git, List<String> ids, int from, int to, Taker taker)
      throws IOException {
    // <size>\n<bytes>\n, again and again
    byte[] all = git.run(lines(ids.subList(from, to)), "cat-file", "--batch=%(objectsize)").out();
    int at = 0;
    for (int i = from; i < to; i++) {
      int begin = at;
      while (begin < all.length && all[begin] != '\n') {
        begin++;
      }
      begin++;
      int size = Integer.parseInt(new String(all, at, begin - 1 - at, StandardCharsets.US_ASCII));
      taker.take(i, Arrays.copyOfRange(all, begin, begin + size));
      at = begin + size + 1;
    }
  }

  private static byte[] lines(List<String> ids) {
    return (String.join("\n", ids) + "\n").getBytes(StandardCharsets.US_ASCII);
  }
}

package dev.braid.isolate;

import dev.braid.fault.FaultPoint;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reads the files of a tree as they are now, changed and untracked ones included, into an object of
 * git. Ignored files and repositories inside of the tree are left out. Index, HEAD, stash and files
 * stay as they are.
 */
final class TreeReader {
  /** So often a file that vanishes while it is read is taken for bad luck. */
  private static final int TRIES = 5;

  private TreeReader() {}

  /**
   * What a tree held.
   *
   * @param tree name of the object
   * @param nested folders that are repositories of their own, not known to this one
   */
  record Read(String tree, List<String> nested) {}

  /**
   * Reads.
   *
   * @param leftOut untracked paths that are not wanted, such as links that we made
   */
  static Read read(Repository repository, Set<String> leftOut) throws IOException {
    for (int i = 1; ; i++) {
      try {
        return readOnce(repository, leftOut);
      } catch (GitException e) {
        if (i == TRIES) {
          throw e;
        }
      }
    }
  }

  private static Read readOnce(Repository repository, Set<String> leftOut) throws IOException {
    try (PrivateIndex index = PrivateIndex.copy(repository)) {
      var _ = index.git().run("add", "--update", "--sparse");
      FaultPoint.pass("snapshot.add");
      var nested = new ArrayList<String>();
      byte[] others = index.git().run("ls-files", "-o", "-z", "--exclude-standard").out();
      byte[] wanted = untracked(others, leftOut, nested);
      if (wanted.length > 0) {
        index.git().run(wanted, "update-index", "--add", "--remove", "-z", "--stdin");
      }
      return new Read(index.writeTree(), nested);
    }
  }

  /** Picks files out of a listing; names are handed on as the bytes they are. */
  private static byte[] untracked(byte[] listing, Set<String> leftOut, List<String> nested) {
    var wanted = new ByteArrayOutputStream();
    int from = 0;
    for (int i = 0; i < listing.length; i++) {
      if (listing[i] == 0) {
        String name = new String(listing, from, i - from, StandardCharsets.UTF_8);
        if (name.endsWith("/")) {
          nested.add(name.substring(0, name.length() - 1));
        } else if (!leftOut.contains(name)) {
          wanted.write(listing, from, i - from + 1);
        }
        from = i + 1;
      }
    }
    return wanted.toByteArray();
  }
}

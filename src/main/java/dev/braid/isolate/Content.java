package dev.braid.isolate;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * What stands at a path of a disk, byte for byte, without any filter of git.
 *
 * @param id name that git gives to these bytes as a blob; of a link, to its target; empty for a
 *     folder
 */
public record Content(Kind kind, String id) {
  /** What a path is. */
  public enum Kind {
    FILE("100644"),
    PROGRAM("100755"),
    LINK("120000"),
    /** A folder, or what is neither file nor link: never equal to anything that git keeps. */
    OTHER("0");

    private final String mode;

    Kind(String mode) {
      this.mode = mode;
    }

    String mode() {
      return mode;
    }
  }

  /** As text: {@code 100644:<id>}. */
  public String text() {
    return kind.mode() + ":" + id;
  }

  /**
   * Of its text.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static Content parse(String text) {
    for (Kind kind : Kind.values()) {
      if (text.startsWith(kind.mode() + ":")) {
        return new Content(kind, text.substring(kind.mode().length() + 1));
      }
    }
    throw new IllegalArgumentException("no content: " + text);
  }

  /** What stands at a path now; null for nothing. Links are not followed. */
  static @Nullable Content of(Path file, String objectFormat) throws IOException {
    try {
      var attributes =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (attributes.isSymbolicLink()) {
        byte[] target = Files.readSymbolicLink(file).toString().getBytes(StandardCharsets.UTF_8);
        return new Content(Kind.LINK, id(target, objectFormat));
      }
      if (!attributes.isRegularFile()) {
        return new Content(Kind.OTHER, "");
      }
      Kind kind = isProgram(file) ? Kind.PROGRAM : Kind.FILE;
      return new Content(kind, id(file, attributes.size(), objectFormat));
    } catch (NoSuchFileException _) {
      return null;
    } catch (java.nio.file.FileSystemException e) {
      if (isBelowFile(file)) {
        return null;
      }
      throw e;
    }
  }

  /**
   * What stands at a path of a tree now, as git sees it: what is below a link is not in the tree.
   *
   * @param path relative to the top
   */
  static @Nullable Content in(Path top, String path, String objectFormat) throws IOException {
    Path file = top.resolve(path);
    for (Path above = file.getParent();
        above != null && !above.equals(top);
        above = above.getParent()) {
      if (Files.isSymbolicLink(above)) {
        return null;
      }
    }
    return of(file, objectFormat);
  }

  /** A path below a file is nothing. */
  private static boolean isBelowFile(Path file) {
    Path parent = file.getParent();
    return parent != null && !Files.isDirectory(parent);
  }

  /** Whether the owner may execute it: all that git looks at. */
  private static boolean isProgram(Path file) throws IOException {
    return Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS)
        .contains(java.nio.file.attribute.PosixFilePermission.OWNER_EXECUTE);
  }

  private static String id(byte[] bytes, String objectFormat) {
    MessageDigest digest = digest(bytes.length, objectFormat);
    return HexFormat.of().formatHex(digest.digest(bytes));
  }

  private static String id(Path file, long size, String objectFormat) throws IOException {
    MessageDigest digest = digest(size, objectFormat);
    try (InputStream stream = Files.newInputStream(file)) {
      var buffer = new byte[1 << 16];
      int length = stream.read(buffer);
      while (length >= 0) {
        digest.update(buffer, 0, length);
        length = stream.read(buffer);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** A blob is hashed with its kind and length before its bytes (git-hash-object(1)). */
  private static MessageDigest digest(long size, String objectFormat) {
    try {
      var digest = MessageDigest.getInstance(objectFormat.equals("sha256") ? "SHA-256" : "SHA-1");
      digest.update(("blob " + size + "\0").getBytes(StandardCharsets.US_ASCII));
      return digest;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-1 and SHA-256", e);
    }
  }
}

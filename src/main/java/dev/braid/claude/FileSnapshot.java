package dev.braid.claude;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a settings file was at one moment, and its replacement if it is that still. */
final class FileSnapshot implements SettingsFile.Taken {
  /** As many links as Linux follows. */
  private static final int MAX_LINKS = 40;

  private final Path file;
  private final Path real;
  private final byte @Nullable [] bytes;

  private FileSnapshot(Path file, Path real, byte @Nullable [] bytes) {
    this.file = file;
    this.real = real;
    this.bytes = bytes;
  }

  /** Looks at a file; links are followed. */
  static SettingsFile.Taken take(Path file) throws IOException {
    Path real = file;
    for (int links = 0; Files.isSymbolicLink(real); links++) {
      if (links == MAX_LINKS) {
        return new SettingsFile.Refused(file + " is a link without an end");
      }
      real = folderOf(real).resolve(Files.readSymbolicLink(real));
    }
    if (!Files.exists(real, LinkOption.NOFOLLOW_LINKS)) {
      return Files.isDirectory(folderOf(real))
          ? new FileSnapshot(file, real, null)
          : new SettingsFile.Refused("there is no folder " + folderOf(real));
    }
    if (!Files.isRegularFile(real)) {
      return new SettingsFile.Refused(real + " is no file");
    }
    try (var input = Files.newInputStream(real)) {
      byte[] bytes = input.readNBytes(SettingsFile.MAX_BYTES + 1);
      return bytes.length > SettingsFile.MAX_BYTES
          ? tooLarge(real)
          : new FileSnapshot(file, real, bytes);
    } catch (AccessDeniedException _) {
      return new SettingsFile.Refused(real + " may not be read");
    } catch (NoSuchFileException _) {
      return new FileSnapshot(file, real, null);
    }
  }

  private static SettingsFile.Refused tooLarge(Path real) {
    return new SettingsFile.Refused(
        real + " is larger than " + (SettingsFile.MAX_BYTES >> 20) + " MiB");
  }

  private static Path folderOf(Path file) {
    return Objects.requireNonNull(file.getParent(), "a file has a folder");
  }

  SettingsReading reading() {
    return bytes == null
        ? new SettingsReading.Good(SettingsText.missing())
        : SettingsReading.of(bytes);
  }

  boolean isSame(SettingsText text) {
    return text.isMissing() ? bytes == null : Arrays.equals(bytes, text.bytes());
  }

  /** Writes settings in its place, or removes it; says why when it did not. */
  Optional<SettingsFile.Fault> replace(SettingsText text) throws IOException {
    Optional<SettingsFile.Fault> refusal = refusal();
    if (refusal.isPresent()) {
      return refusal;
    }
    byte[] now = text.bytes();
    if (now.length > SettingsFile.MAX_BYTES) {
      return Optional.of(tooLarge(real));
    }
    Path temporary = Files.createTempFile(folderOf(real), ".settings", ".tmp");
    try {
      return replace(text, now, temporary);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private Optional<SettingsFile.Fault> replace(SettingsText text, byte[] now, Path temporary)
      throws IOException {
    Optional<SettingsFile.Fault> refusal = write(now, temporary);
    if (refusal.isPresent()) {
      return refusal;
    }
    if (!isAsTaken()) {
      return Optional.of(new SettingsFile.Changed());
    }
    if (text.isMissing()) {
      Files.delete(real);
    } else {
      Files.move(temporary, real, StandardCopyOption.ATOMIC_MOVE);
    }
    try (var folder = FileChannel.open(folderOf(real), StandardOpenOption.READ)) {
      folder.force(true);
    }
    return Optional.empty();
  }

  private boolean isAsTaken() throws IOException {
    return take(file) instanceof FileSnapshot now
        && now.real.equals(real)
        && Arrays.equals(now.bytes, bytes);
  }

  /**
   * Why it must not be replaced, as far as can be said before. A rename asks only for the folder's
   * permission, and nobody's when root does it; what was made read-only is meant to stay.
   */
  private Optional<SettingsFile.Fault> refusal() throws IOException {
    Path folder = folderOf(real);
    if (isReadOnly(folder)) {
      return Optional.of(new SettingsFile.Refused("the folder " + folder + " is read-only"));
    }
    if (bytes != null && isReadOnly(real)) {
      return Optional.of(new SettingsFile.Refused(real + " is read-only"));
    }
    return Optional.empty();
  }

  private static boolean isReadOnly(Path path) throws IOException {
    return !Files.isWritable(path)
        || !Files.getPosixFilePermissions(path).contains(PosixFilePermission.OWNER_WRITE);
  }

  /** Only the owner can read the new file until it has the permissions of the old one. */
  private Optional<SettingsFile.Fault> write(byte[] now, Path temporary) throws IOException {
    try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
      if (bytes != null) {
        var old = Files.readAttributes(real, PosixFileAttributes.class);
        var own = Files.getFileAttributeView(temporary, PosixFileAttributeView.class);
        if (!own.readAttributes().owner().equals(old.owner())) {
          return Optional.of(
              new SettingsFile.Refused(real + " belongs to " + old.owner().getName()));
        }
        if (!own.readAttributes().group().equals(old.group())) {
          own.setGroup(old.group());
        }
        own.setPermissions(old.permissions());
      }
      ByteBuffer rest = ByteBuffer.wrap(now);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      channel.force(true);
      return Optional.empty();
    } catch (NoSuchFileException _) {
      return Optional.of(new SettingsFile.Changed());
    }
  }
}

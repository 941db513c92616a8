package dev.braid.install;

import dev.braid.store.AtomicFile;
import dev.braid.store.AtomicFile.Durability;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Writes a file. One that is there already is replaced only while it is as it was written before.
 *
 * @param mode such as {@code rw-------}
 * @param isForPeople whether people are meant to change it: then nothing is said of a changed one
 */
record PutFile(Receipt receipt, Path path, String text, String mode, boolean isForPeople)
    implements Step {
  static final String PRIVATE = "rw-------";
  static final String READABLE = "rw-r--r--";
  static final String PROGRAM = "rwxr-xr-x";

  private enum State {
    MISSING,
    AS_WISHED,
    OLDER,
    OF_OTHERS
  }

  private State state() throws IOException {
    if (!Files.exists(path)) {
      return State.MISSING;
    }
    byte[] now = Files.readAllBytes(path);
    if (Arrays.equals(now, text.getBytes(StandardCharsets.UTF_8))) {
      return State.AS_WISHED;
    }
    boolean isOurs =
        receipt.file(path).filter(file -> file.checksum().equals(Checksum.of(now))).isPresent();
    return isOurs ? State.OLDER : State.OF_OTHERS;
  }

  @Override
  public List<String> preview() throws IOException {
    return switch (state()) {
      case MISSING -> List.of("write   " + path);
      case OLDER -> List.of("renew   " + path);
      case AS_WISHED -> List.of();
      case OF_OTHERS -> leave();
    };
  }

  @Override
  public List<String> perform() throws IOException {
    State state = state();
    if (state == State.MISSING || state == State.OLDER) {
      receipt.makeFolders(Objects.requireNonNull(path.getParent()));
      receipt.add(new Written.File(path, Checksum.of(text)));
      AtomicFile.write(path, text, Durability.MACHINE);
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    }
    return state == State.OF_OTHERS ? leave() : List.of();
  }

  private List<String> leave() {
    return isForPeople ? List.of() : List.of("leave   " + path + ": it is not as Braid wrote it");
  }
}

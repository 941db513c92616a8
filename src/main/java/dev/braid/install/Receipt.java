package dev.braid.install;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.fault.FaultPoint;
import dev.braid.store.AtomicFile;
import dev.braid.store.DurableLines;
import dev.braid.store.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What was written for one root: a line of JSON each, appended durably before the thing itself is
 * written. So an installation that was interrupted anywhere can be taken back, or gone on with.
 */
final class Receipt {
  private final Path file;

  Receipt(Path file) {
    this.file = file;
  }

  boolean isThere() {
    return Files.exists(file);
  }

  /** In the order of writing. A torn last line is left out: what it told of was not written. */
  List<Written> read() throws IOException {
    var written = new ArrayList<Written>();
    if (isThere()) {
      for (String line : AtomicFile.text(file).lines().toList()) {
        ObjectNode node = Json.parseObject(line);
        if (node != null) {
          Written.read(node).ifPresent(written::add);
        }
      }
    }
    return written;
  }

  /** Tells of something that is about to be written; what was told is not told again. */
  void add(Written written) throws IOException {
    if (!read().contains(written)) {
      DurableLines.append(file, List.of(Json.line(written.json())));
      FaultPoint.pass("installing");
    }
  }

  /** What was last told of a file. */
  Optional<Written.File> file(Path path) throws IOException {
    return read().stream()
        .filter(Written.File.class::isInstance)
        .map(Written.File.class::cast)
        .filter(each -> each.path().equals(path))
        .reduce((_, later) -> later);
  }

  /** What was last told of a file that others write too. */
  Optional<Written.Edited> edited(Path path) throws IOException {
    return read().stream()
        .filter(Written.Edited.class::isInstance)
        .map(Written.Edited.class::cast)
        .filter(each -> each.path().equals(path))
        .reduce((_, later) -> later);
  }

  /** Makes the missing folders around a path, and tells of each. */
  void makeFolders(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    makeFolders(Objects.requireNonNull(folder.getParent(), "a root folder exists"));
    add(new Written.Folder(folder));
    Files.createDirectory(folder);
  }

  void delete() throws IOException {
    Files.deleteIfExists(file);
  }
}

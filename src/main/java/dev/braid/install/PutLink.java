package dev.braid.install;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;

/** Makes a link. Links of Braid's are replaced; what else is in the way is left alone. */
record PutLink(Receipt receipt, Path path, Path target) implements Step {
  @Override
  public List<String> preview() throws IOException {
    if (isAsWished()) {
      return List.of();
    }
    return List.of(isInTheWay() ? leave() : "link    " + path + " -> " + target);
  }

  @Override
  public List<String> perform() throws IOException {
    if (isAsWished()) {
      // For another root, perhaps: the last one that needs it takes it away.
      receipt.add(new Written.Link(path, target));
      return List.of();
    }
    if (isInTheWay()) {
      return List.of(leave());
    }
    Path folder = Objects.requireNonNull(path.getParent());
    receipt.makeFolders(folder);
    receipt.add(new Written.Link(path, target));
    Path temporary = folder.resolve("." + path.getFileName() + ".braid-new");
    Files.deleteIfExists(temporary);
    Files.createSymbolicLink(temporary, target);
    Files.move(temporary, path, StandardCopyOption.ATOMIC_MOVE);
    return List.of();
  }

  private boolean isAsWished() throws IOException {
    return Files.isSymbolicLink(path) && Files.readSymbolicLink(path).equals(target);
  }

  /** Something that Braid did not put there. */
  boolean isInTheWay() throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    if (!Files.isSymbolicLink(path)) {
      return true;
    }
    Path now = Files.readSymbolicLink(path);
    return !now.equals(target)
        && receipt.read().stream()
            .noneMatch(written ->
                written instanceof Written.Link link
                    && link.path().equals(path)
                    && link.target().equals(now));
  }

  private String leave() {
    return "leave   " + path + ": something else is there";
  }
}

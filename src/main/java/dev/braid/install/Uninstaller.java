package dev.braid.install;

import dev.braid.fault.FaultPoint;
import dev.braid.store.Trees;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Plays a receipt backwards: takes away what was written, unless somebody changed it since, and
 * leaves what others put beside it. Interrupted, it is simply begun again.
 */
public final class Uninstaller {
  private final Layout layout;
  private final Receipt receipt;
  private final Optional<ServiceKeeper> keeper;

  /**
   * @param keeper of services, where the system has one
   */
  public Uninstaller(Layout layout, Optional<ServiceKeeper> keeper) {
    this.layout = layout;
    this.receipt = new Receipt(layout.receipt());
    this.keeper = keeper;
  }

  /** Whether there is anything to take away. */
  public boolean isInstalled() {
    return receipt.isThere() || Files.exists(layout.share());
  }

  /** Whether a service runs the daemon. */
  public boolean hasService() throws IOException {
    return receipt.read().stream().anyMatch(Written.Service.class::isInstance);
  }

  /** What it would do, a line each. */
  public List<String> preview() throws IOException {
    var lines = new ArrayList<String>();
    for (Written written : backwards()) {
      switch (written) {
        case Written.File(Path path, _) -> lines.add("remove  " + path);
        case Written.Link(Path path, _) -> lines.add("remove  " + path);
        case Written.Tree(Path path) -> lines.add("remove  " + path);
        case Written.Edited edited -> lines.add("restore " + edited.path());
        case Written.Service(String name) -> lines.add("disable " + name);
        case Written.Folder _ -> {
          // Goes when it is empty; not worth a line.
        }
      }
    }
    return lines;
  }

  /** The last first, and of what was written more than once only the last. */
  private List<Written> backwards() throws IOException {
    Set<Path> seen = new HashSet<>();
    Set<Path> edits = new HashSet<>();
    var last = new ArrayList<Written>();
    for (Written written : receipt.read().reversed()) {
      boolean isNew =
          switch (written) {
            case Written.File(Path path, _) -> seen.add(path);
            case Written.Link(Path path, _) -> seen.add(path);
            // Beside a line that tells who made the file.
            case Written.Edited edited -> edits.add(edited.path());
            case Written.Folder _, Written.Tree _, Written.Service _ -> true;
          };
      if (isNew) {
        last.add(written);
      }
    }
    return last;
  }

  /**
   * Does it. The daemon must not run any more.
   *
   * @return what is left and why, a line each
   */
  public List<String> uninstall() throws IOException {
    var left = new ArrayList<String>();
    List<Written> all = backwards();
    boolean isLast = isLast();
    List<Path> around = new MadeFolders(layout.share()).read();
    for (Written written : all) {
      if (!(written instanceof Written.Service) || keeper.isPresent()) {
        undo(written, isLast, left);
        FaultPoint.pass("uninstalling");
      }
    }
    removeFolders(all);
    receipt.delete();
    // Only now: the receipt was in there.
    if (isLast) {
      Trees.delete(layout.share());
      for (Path folder : around.reversed()) {
        removeIfEmpty(folder);
      }
    }
    return left;
  }

  /** Whether no other root uses the program. */
  private boolean isLast() throws IOException {
    if (!Files.isDirectory(layout.receipts())) {
      return true;
    }
    try (Stream<Path> receipts = Files.list(layout.receipts())) {
      return receipts.allMatch(layout.receipt()::equals);
    }
  }

  private void undo(Written written, boolean isLast, List<String> left) throws IOException {
    switch (written) {
      case Written.Service _ -> disable(left);
      case Written.Edited edited -> left.addAll(Editing.undo(layout, edited));
      case Written.File(Path path, String checksum) -> removeFile(path, checksum, left);
      case Written.Link(Path path, Path target) -> {
        boolean isShared = target.startsWith(layout.share()) || path.startsWith(layout.share());
        if ((isLast || !isShared) && isLink(path, target)) {
          Files.delete(path);
        }
      }
      case Written.Tree _, Written.Folder _ -> {
        // Last of all.
      }
    }
  }

  private void disable(List<String> left) {
    try {
      ServiceKeeper there = keeper.orElseThrow();
      if (Files.exists(layout.serviceFile())) {
        there.disable(layout);
      }
    } catch (IOException e) {
      left.add("the service " + layout.service() + " cannot be disabled: " + e.getMessage());
    }
  }

  private void removeFile(Path path, String checksum, List<String> left) throws IOException {
    if (path.startsWith(layout.share())) {
      return;
    }
    if (!Files.isRegularFile(path)) {
      return;
    }
    if (!Checksum.ofFile(path).equals(checksum)) {
      left.add(path + " was changed since; it is left as it is");
      return;
    }
    Files.delete(path);
    if (path.equals(layout.serviceFile()) && keeper.isPresent()) {
      keeper.get().forget(layout);
    }
  }

  private static boolean isLink(Path path, Path target) throws IOException {
    return Files.isSymbolicLink(path) && Files.readSymbolicLink(path).equals(target);
  }

  private static void removeFolders(List<Written> all) throws IOException {
    for (Written written : all) {
      if (written instanceof Written.Folder(Path path)) {
        removeIfEmpty(path);
      }
    }
  }

  /** Takes a folder away that nothing is in. */
  public static void removeIfEmpty(Path folder) throws IOException {
    try {
      if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
        Files.delete(folder);
      }
    } catch (DirectoryNotEmptyException | NoSuchFileException _) {
      // Others use it by now.
    }
  }
}

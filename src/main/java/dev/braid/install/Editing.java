package dev.braid.install;

import com.fasterxml.jackson.databind.JsonNode;
import dev.braid.claude.SettingsChange;
import dev.braid.claude.SettingsEdit;
import dev.braid.claude.SettingsFile;
import dev.braid.claude.SettingsReading;
import dev.braid.claude.SettingsText;
import dev.braid.store.AtomicFile;
import dev.braid.store.AtomicFile.Durability;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Changes files of JSON that others write too, and takes these changes back. */
final class Editing {
  private static final int HOOKS_OR_ENV = 2;

  private Editing() {}

  /**
   * Changes a file; the receipt tells of it before it is written.
   *
   * @param backup where the file is kept as it was before the first change; null for nowhere
   * @throws IOException when the file is one that is not written; it is as it was
   */
  static void edit(
      Receipt receipt,
      Layout layout,
      Path file,
      @Nullable Path backup,
      Function<SettingsText, SettingsEdit> edit)
      throws IOException {
    Optional<Written.Edited> earlier = receipt.edited(file);
    Function<SettingsText, SettingsEdit> told =
        text -> {
          SettingsEdit edited = edit.apply(text);
          if (!edited.changes().isEmpty() || !isSame(text, edited.text())) {
            tell(receipt, file, backup, earlier, text, edited);
          }
          return edited;
        };
    try {
      if (new SettingsFile(file, layout.settingsLock()).change(told)
          instanceof SettingsFile.Fault fault) {
        throw refused(file, fault);
      }
    } catch (UncheckedIOException e) {
      throw new IOException("changing " + file, e.getCause());
    }
  }

  /** Reads Claude Code's settings; where there is not even a folder, there are none. */
  static SettingsFile.Reading read(Layout layout) throws IOException {
    return Files.isDirectory(layout.places().root())
        ? new SettingsFile(layout.settingsFile(), layout.settingsLock()).read()
        : new SettingsReading.Good(SettingsText.missing());
  }

  static IOException refused(Path file, SettingsFile.Fault fault) {
    return new IOException(file + " is left as it is: " + fault.reason());
  }

  private static boolean isSame(SettingsText one, SettingsText other) {
    return Arrays.equals(one.bytes(), other.bytes());
  }

  private static void tell(
      Receipt receipt,
      Path file,
      @Nullable Path backup,
      Optional<Written.Edited> earlier,
      SettingsText text,
      SettingsEdit edited) {
    try {
      if (backup != null && earlier.isEmpty() && !text.isMissing()) {
        Files.createDirectories(backup.resolveSibling("."));
        AtomicFile.write(
            backup, new String(text.bytes(), StandardCharsets.UTF_8), Durability.MACHINE);
      }
      if (text.isMissing()) {
        receipt.makeFolders(Objects.requireNonNull(file.getParent()));
      }
      List<SettingsChange> known =
          StatusLineEntry.current(earlier.map(Written.Edited::changes).orElse(List.of()), text);
      receipt.add(
          new Written.Edited(
              file,
              Checksum.of(edited.text().bytes()),
              backup != null && Files.exists(backup) ? backup : null,
              SettingsChange.merge(known, edited.changes())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Takes changes back, and says what could not be. */
  static List<String> undo(Layout layout, Written.Edited edited) throws IOException {
    SettingsFile.Outcome outcome =
        new SettingsFile(edited.path(), layout.settingsLock())
            .change(text -> undone(layout, text, edited.changes()));
    return switch (outcome) {
      case SettingsFile.Fault fault ->
          List.of(
              refused(edited.path(), fault).getMessage() + "; take Braid's entries out by hand");
      case SettingsFile.Outcome.Done(SettingsEdit edit, _) ->
          StatusLineEntry.isThere(edit.text())
              ? List.of(
                  edited.path() + ": its statusLine, which was changed since, calls Braid still")
              : List.of();
    };
  }

  private static SettingsEdit undone(
      Layout layout, SettingsText text, List<SettingsChange> changes) {
    SettingsEdit edit = text.removeHooks(HookEntries::isOurs, changes);
    for (SettingsChange change : changes) {
      List<String> path = change.path();
      if (path.size() == HOOKS_OR_ENV && path.getFirst().equals("env")) {
        edit = edit.then(now -> restoreVariable(now, path.getLast(), changes));
      } else if (StatusLineEntry.isOfLine(change)) {
        edit = edit.then(now -> StatusLineEntry.takeBack(now, changes, layout.hooks()));
      } else if (path.size() == 1 && !path.getFirst().matches("hooks|env")) {
        edit = edit.then(now -> now.restoreMember(path.getFirst(), changes));
      }
    }
    return edit;
  }

  /** One that the user changed since stays. */
  private static SettingsEdit restoreVariable(
      SettingsText text, String name, List<SettingsChange> changes) {
    boolean isOurs =
        text.env(name).map(JsonNode::asText).filter(EditSettings.ON::equals).isPresent();
    return isOurs ? text.restoreEnv(name, changes) : text.unchanged();
  }
}

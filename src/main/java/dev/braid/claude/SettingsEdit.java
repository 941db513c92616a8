package dev.braid.claude;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Settings after an edit.
 *
 * @param text the new text
 * @param changes what had to be changed and how it was before, so that it can be taken back
 */
public record SettingsEdit(SettingsText text, List<SettingsChange> changes) {
  public SettingsEdit {
    changes = List.copyOf(changes);
  }

  /** This edit and then that one, as one. */
  public SettingsEdit then(Function<SettingsText, SettingsEdit> next) {
    SettingsEdit edit = next.apply(text);
    return new SettingsEdit(
        edit.text, Stream.concat(changes.stream(), edit.changes.stream()).toList());
  }
}

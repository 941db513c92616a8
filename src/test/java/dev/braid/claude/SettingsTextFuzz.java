package dev.braid.claude;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.JsonNode;
import dev.braid.fuzz.Bounds;
import dev.braid.fuzz.Lines;
import java.io.IOException;

class SettingsTextFuzz {
  @FuzzTest
  void what_is_added_to_any_settings_goes_without_a_trace(byte[] bytes) throws IOException {
    switch (Bounds.within(() -> SettingsReading.of(bytes))) {
      case SettingsReading.Unreadable unreadable -> Lines.assertFit(unreadable.reason());
      case SettingsReading.Good(SettingsText text) -> assertLaw(bytes, text);
    }
  }

  private static void assertLaw(byte[] bytes, SettingsText before) throws IOException {
    assertThat(before.bytes()).isEqualTo(bytes);
    boolean hasOurs =
        before.member("hooks").stream()
            .flatMap(JsonNode::propertyStream)
            .flatMap(event -> before.hooks(event.getKey()).stream())
            .anyMatch(OwnHooks::isOurs);
    SettingsEdit added = Bounds.within(() -> OwnHooks.install(before));
    SettingsText now = OwnHooks.readable(added.text().bytes());

    assertThat(now.member("statusLine")).contains(OwnHooks.STATUS_LINE);
    assertThat(now.env(OwnHooks.VARIABLE).map(JsonNode::textValue)).contains("1");
    assertThat(OwnHooks.install(now).text().bytes()).isEqualTo(now.bytes());
    SettingsEdit removed = Bounds.within(() -> OwnHooks.uninstall(now, added.changes()));
    if (!hasOurs) {
      assertThat(removed.text().bytes()).isEqualTo(bytes);
    }
    var restored = added.changes().stream().map(SettingsChange::toJson).toList();
    assertThat(restored.stream().flatMap(each -> SettingsChange.fromJson(each).stream()))
        .isEqualTo(added.changes());
  }
}

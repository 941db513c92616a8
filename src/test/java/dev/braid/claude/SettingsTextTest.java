package dev.braid.claude;

import static dev.braid.claude.OwnHooks.object;
import static dev.braid.claude.OwnHooks.readable;
import static dev.braid.claude.OwnHooks.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTextTest {
  private static final ObjectNode STOP =
      object("{\"Stop\": [{\"hooks\": [{\"type\": \"command\", \"command\": \"/opt/braid/s\"}]}]}");

  @Test
  void a_missing_file_becomes_a_nicely_formatted_one() {
    assertThat(text(SettingsText.missing().addHooks(STOP).text()))
        .isEqualTo(
            """
            {
              "hooks": {
                "Stop": [
                  {
                    "hooks": [
                      {
                        "type": "command",
                        "command": "/opt/braid/s"
                      }
                    ]
                  }
                ]
              }
            }
            """);
  }

  @Test
  void a_file_that_was_missing_is_missing_again() {
    SettingsEdit added = OwnHooks.install(SettingsText.missing());
    assertThat(added.text().isMissing()).isFalse();
    assertThat(OwnHooks.uninstall(added.text(), added.changes()).text().isMissing()).isTrue();
  }

  @Test
  void what_is_added_is_indented_as_the_file_is() {
    String tabs =
        """
        {
        \t"a": 1,
        \t"hooks": {
        \t\t"Stop": [
        \t\t\t{
        \t\t\t\t"hooks": [
        \t\t\t\t\t{
        \t\t\t\t\t\t"type": "command",
        \t\t\t\t\t\t"command": "/opt/braid/s"
        \t\t\t\t\t}
        \t\t\t\t]
        \t\t\t}
        \t\t]
        \t}
        }
        """;
    assertThat(text(readable("{\r\n\t\"a\": 1\r\n}\r\n").addHooks(STOP).text()))
        .isEqualTo(tabs.replace("\n", "\r\n"));
    assertThat(text(readable("{\n    \"env\": {\n    }\n}\n").setEnv("A", "1").text()))
        .isEqualTo("{\n    \"env\": {\n        \"A\": \"1\"\n    }\n}\n");
  }

  @Test
  void a_file_on_one_line_stays_on_one_line() {
    assertThat(text(readable("{\"a\":[1,2]}\n").addHooks(STOP).text()))
        .isEqualTo(
            "{\"a\":[1,2],\"hooks\":{\"Stop\":[{\"hooks\":"
                + "[{\"type\":\"command\",\"command\":\"/opt/braid/s\"}]}]}}\n");
    assertThat(text(readable("{\"a\": 1}").setMember("b", object("{\"c\":1,\"d\":2}")).text()))
        .isEqualTo("{\"a\": 1, \"b\": {\"c\": 1, \"d\": 2}}");
  }

  @Test
  void brackets_that_stand_together_stay_so() {
    assertThat(
            text(
                readable("{\n  \"hooks\": {\"Stop\": [{\n    \"hooks\": []\n  }]}\n}")
                    .addHooks(STOP)
                    .text()))
        .startsWith("{\n  \"hooks\": {\"Stop\": [{\n    \"hooks\": []\n  }, {\n    \"hooks\": [\n")
        .endsWith("\n    ]\n  }]}\n}");
  }

  @Test
  void a_group_that_is_there_in_equal_form_is_not_added_again() {
    String there =
        "{\"hooks\":{\"Stop\":[{\"hooks\":[{\"command\":\"/opt/braid/s\",  \"type\":\"command\"}]}]}}";
    SettingsEdit edit = readable(there).addHooks(STOP);
    assertThat(text(edit.text())).isEqualTo(there);
    assertThat(edit.changes()).isEmpty();
  }

  @Test
  void numbers_are_equal_whatever_made_them() {
    ObjectNode hooks = object("{\"Stop\": [{\"hooks\": [{\"type\": \"http\"}]}]}");
    ((ObjectNode) hooks.at("/Stop/0/hooks/0")).put("timeout", 5L).put("part", 0.5f);
    SettingsText once = SettingsText.missing().addHooks(hooks).text();
    assertThat(once.addHooks(hooks).text().bytes()).isEqualTo(once.bytes());
  }

  @Test
  void no_hooks_change_nothing() {
    for (String none : List.of("{}", "{\"Stop\": []}")) {
      assertThat(SettingsText.missing().addHooks(object(none)).text().isMissing()).isTrue();
      assertThat(text(readable("{ }").addHooks(object(none)).text())).isEqualTo("{ }");
    }
  }

  @Test
  void a_hook_of_ours_goes_out_of_a_group_of_others() {
    String mixed =
        "{\"hooks\": {\"Stop\": [{\"hooks\": [{\"command\": \"/opt/braid/a\"}, {\"command\": \"x\"},"
            + " {\"command\": \"/opt/braid/b\"}]}, {\"hooks\": [{\"command\": \"/opt/braid/c\"}]}]}}";
    assertThat(text(readable(mixed).removeHooks(OwnHooks::isOurs, List.of()).text()))
        .isEqualTo("{\"hooks\": {\"Stop\": [{\"hooks\": [{\"command\": \"x\"}]}]}}");
  }

  @Test
  void what_others_add_behind_ours_stays_when_ours_goes() {
    SettingsEdit added = SettingsText.missing().addHooks(STOP);
    SettingsText more =
        added
            .text()
            .addHooks(object("{\"Stop\": [{\"hooks\": [{\"command\": \"x\"}]}]}"))
            .then(text -> text.setMember("theme", TextNode.valueOf("dark")))
            .text();
    assertThat(text(more.removeHooks(OwnHooks::isOurs, added.changes()).text()))
        .isEqualTo(
            """
            {
              "hooks": {
                "Stop": [
                  {
                    "hooks": [
                      {
                        "command": "x"
                      }
                    ]
                  }
                ]
              },
              "theme": "dark"
            }
            """);
  }

  @Test
  void what_we_made_goes_also_after_somebody_emptied_it() {
    SettingsEdit added = readable("{\"a\": 1}").addHooks(STOP);
    SettingsText emptied = readable("{\"a\": 1, \"hooks\": {\"Stop\": []}}");
    assertThat(text(emptied.removeHooks(OwnHooks::isOurs, added.changes()).text()))
        .isEqualTo("{\"a\": 1}");
    assertThat(text(emptied.removeHooks(OwnHooks::isOurs, List.of()).text()))
        .isEqualTo(text(emptied));
  }

  @Test
  void hooks_that_another_event_has_beside_ours_keep_the_object() {
    SettingsEdit added = SettingsText.missing().addHooks(STOP);
    SettingsText more = added.text().addHooks(object("{\"Other\": [{\"hooks\": []}]}")).text();
    SettingsText removed = more.removeHooks(OwnHooks::isOurs, added.changes()).text();
    assertThat(removed.member("hooks")).contains(object("{\"Other\": [{\"hooks\": []}]}"));
  }

  @Test
  void an_earlier_value_is_told_and_restored_as_it_was_written() {
    String before = "{\"env\": {\"A\":   \"\\u0030\"},   \"statusLine\": { \"x\" :1 }}";
    SettingsEdit set =
        readable(before)
            .setEnv("A", "1")
            .then(text -> text.setMember("statusLine", OwnHooks.STATUS_LINE));
    assertThat(set.text().env("A")).contains(TextNode.valueOf("1"));
    assertThat(set.changes())
        .containsExactly(
            new SettingsChange(SettingsChange.Kind.VALUE, List.of("env", "A"), "\"\\u0030\""),
            new SettingsChange(SettingsChange.Kind.VALUE, List.of("statusLine"), "{ \"x\" :1 }"));

    SettingsEdit restored =
        set.text()
            .restoreMember("statusLine", set.changes())
            .then(text -> text.restoreEnv("A", set.changes()));
    assertThat(text(restored.text())).isEqualTo(before);
  }

  @Test
  void what_no_install_changed_is_not_restored_but_can_be_removed() {
    SettingsText text = readable("{\"env\": {\"A\": \"1\"}, \"b\": 1}");
    assertThat(text.restoreEnv("A", List.of()).text().bytes()).isEqualTo(text.bytes());
    assertThat(text.restoreMember("b", List.of()).text().bytes()).isEqualTo(text.bytes());
    assertThat(text(text.removeMember("b", List.of()).text()))
        .isEqualTo("{\"env\": {\"A\": \"1\"}}");
    assertThat(text(text.removeEnv("A", List.of()).text())).isEqualTo("{\"env\": {}, \"b\": 1}");
  }

  @Test
  void a_value_that_is_gone_is_not_brought_back() {
    SettingsEdit set = readable("{\"a\": 1}").setMember("a", TextNode.valueOf("ours"));
    assertThat(text(readable("{}").restoreMember("a", set.changes()).text())).isEqualTo("{}");
  }

  @Test
  void of_duplicate_keys_the_last_is_changed() {
    SettingsEdit set =
        readable("{\"env\": 1, \"env\": {\"A\": \"1\", \"A\": \"2\"}}").setEnv("A", "3");
    assertThat(text(set.text())).isEqualTo("{\"env\": 1, \"env\": {\"A\": \"1\", \"A\": \"3\"}}");
  }

  @Test
  void hooks_of_an_event_are_told() {
    SettingsText text = SettingsText.missing().addHooks(OwnHooks.HOOKS).text();
    assertThat(text.hooks("Stop")).hasSize(2).allMatch(OwnHooks::isOurs);
    assertThat(text.hooks("Other")).isEmpty();
    assertThat(readable("{\"hooks\":{\"Stop\":[1,{\"hooks\":{\"a\":1}}]}}").hooks("Stop"))
        .isEmpty();
    assertThat(SettingsText.missing().hooks("Stop")).isEmpty();
  }

  @Test
  void changes_are_kept_as_json() {
    List<SettingsChange> changes = OwnHooks.install(readable("{ }")).changes();
    assertThat(changes).hasSizeGreaterThan(3);
    assertThat(changes)
        .allSatisfy(
            change -> assertThat(SettingsChange.fromJson(change.toJson())).contains(change));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'kind':'x','path':[],'was':''}",
        "{'kind':'member','path':[],'was':''}",
        "{'kind':'member','path':[1],'was':''}",
        "{'kind':'value','path':['a'],'was':''}",
        "{'kind':'value','path':['a'],'was':'1,2'}",
        "{'kind':'content','path':['a'],'was':'1'}",
        "{'kind':'blank','path':[],'was':'{'}"
      })
  void what_would_make_bad_json_is_no_change(String json) {
    assertThat(SettingsChange.fromJson(object(json.replace('\'', '"')))).isEmpty();
  }

  @Test
  void hooks_and_variables_are_not_set_as_a_whole() {
    SettingsText text = SettingsText.missing();
    TextNode none = TextNode.valueOf("none");
    assertThatIllegalArgumentException().isThrownBy(() -> text.setMember("hooks", none));
    assertThatIllegalArgumentException().isThrownBy(() -> text.removeMember("env", List.of()));
  }

  @Test
  void the_first_of_two_installs_knows_how_it_was() {
    SettingsText before = readable("{\"statusLine\": \"theirs\"}");
    SettingsEdit first = before.setMember("statusLine", TextNode.valueOf("one"));
    SettingsEdit second =
        first.text().setMember("statusLine", TextNode.valueOf("two")).then(t -> t.addHooks(STOP));

    List<SettingsChange> merged = SettingsChange.merge(first.changes(), second.changes());

    assertThat(text(OwnHooks.uninstall(second.text(), merged).text())).isEqualTo(text(before));
  }

  @Test
  void hooks_for_another_port_take_the_place_of_ours() {
    SettingsEdit first = readable("{ }").addHooks(OwnHooks.HOOKS);
    SettingsEdit second =
        first
            .text()
            .removeHooks(OwnHooks::isOurs, first.changes())
            .then(text -> text.addHooks(STOP));
    assertThat(second.text().hooks("Stop")).hasSize(1);
    List<SettingsChange> merged = SettingsChange.merge(first.changes(), second.changes());
    assertThat(text(OwnHooks.uninstall(second.text(), merged).text())).isEqualTo("{ }");
  }
}

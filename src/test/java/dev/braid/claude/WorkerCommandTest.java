package dev.braid.claude;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.claude.WorkerCommand.Conversation;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkerCommandTest {
  private static final String SESSION = "0b6f2c1e-5a34-4d1b-9c55-3f1f2f9f7a01";
  private static final String PARENT = "1c7f2c1e-5a34-4d1b-9c55-3f1f2f9f7a02";
  private static final String LINE = "2d8f2c1e-5a34-4d1b-9c55-3f1f2f9f7a03";
  private static final Conversation NEW = new Conversation.New(SESSION);

  private static final Set<String> PLAIN =
      Set.of("-p", "--output-format=stream-json", "--verbose", "--fork-session");
  private static final Set<String> WITH_VALUE =
      Set.of(
          "--session-id",
          "--resume",
          "--resume-session-at",
          "--model",
          "--agent",
          "--permission-mode",
          "--allowedTools",
          "--disallowedTools",
          "--max-budget-usd",
          "--json-schema");

  @Test
  void a_new_conversation_says_all_that_is_set() {
    assertThat(command(NEW, "haiku", "tester", "acceptEdits", List.of("Bash(mvn:*)", "Read")))
        .containsExactly(
            "claude",
            "-p",
            "--output-format=stream-json",
            "--verbose",
            "--session-id=" + SESSION,
            "--model=haiku",
            "--agent=tester",
            "--permission-mode=acceptEdits",
            "--allowedTools=Bash(mvn:*),Read",
            "--disallowedTools=TaskCreate,TaskUpdate,Workflow",
            "--max-budget-usd=1.5000",
            "--json-schema={}");
  }

  @Test
  void what_is_not_set_is_left_to_claude_code() {
    assertThat(command(NEW, null, null, null, List.of()))
        .containsExactly(
            "claude",
            "-p",
            "--output-format=stream-json",
            "--verbose",
            "--session-id=" + SESSION,
            "--disallowedTools=TaskCreate,TaskUpdate,Workflow",
            "--max-budget-usd=1.5000",
            "--json-schema={}");
  }

  @Test
  void a_continued_conversation_is_resumed_under_its_own_name() {
    assertThat(command(new Conversation.Continued(SESSION), null, null, null, List.of()))
        .contains("--resume=" + SESSION)
        .noneMatch(part -> part.startsWith("--session-id") || part.equals("--fork-session"));
  }

  @Test
  void a_forked_conversation_resumes_its_parent_up_to_a_line_under_a_name_of_its_own() {
    assertThat(command(new Conversation.Forked(SESSION, PARENT, LINE), null, null, null, List.of()))
        .containsSubsequence(
            "--session-id=" + SESSION,
            "--resume=" + PARENT,
            "--fork-session",
            "--resume-session-at=" + LINE);
  }

  @Test
  void a_budget_has_a_decimal_point_in_every_country() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.GERMANY);
    try {
      assertThat(command(NEW, null, null, null, List.of())).contains("--max-budget-usd=1.5000");
    } finally {
      Locale.setDefault(before);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--dangerously-skip-permissions",
        "-p",
        "a b --verbose",
        "x\n--dangerously-skip-permissions",
        "=",
        "--",
        "'; rm -rf ~; '",
        "",
        "\"quoted\""
      })
  void no_value_becomes_an_option_of_its_own(String hostile) {
    var conversations =
        List.of(
            new Conversation.New(hostile),
            new Conversation.Continued(hostile),
            new Conversation.Forked(hostile, hostile, hostile));
    for (Conversation conversation : conversations) {
      List<String> line = command(conversation, hostile, hostile, hostile, List.of(hostile));

      assertThat(line.getFirst()).isEqualTo("claude");
      assertThat(line.subList(1, line.size())).allMatch(WorkerCommandTest::isKnown);
    }
  }

  private static boolean isKnown(String part) {
    int end = part.indexOf('=');
    return PLAIN.contains(part) || (end > 0 && WITH_VALUE.contains(part.substring(0, end)));
  }

  private static List<String> command(
      Conversation conversation,
      @Nullable String model,
      @Nullable String agent,
      @Nullable String mode,
      List<String> tools) {
    return new WorkerCommand(
            "claude", conversation, model, agent, null, mode, tools, 1.5, "{}", List.of())
        .line();
  }
}

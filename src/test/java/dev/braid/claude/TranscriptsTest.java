package dev.braid.claude;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.claude.Transcripts.ForkPoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TranscriptsTest {
  private static final String SESSION = "0b6f2c1e-5a34-4d1b-9c55-3f1f2f9f7a01";

  @TempDir private Path root;
  private Path project = Path.of("");
  private Path attempt = Path.of("");
  private Path file = Path.of("");
  private Transcripts transcripts = new Transcripts(Path.of(""));

  @BeforeEach
  void folders() throws IOException {
    transcripts = new Transcripts(root.resolve("projects"));
    project = Files.createDirectories(root.resolve("projects/-srv-project"));
    attempt = Files.createDirectories(root.resolve("attempt-1"));
    file = project.resolve(SESSION + ".jsonl");
  }

  @Test
  void a_conversation_is_found_in_whatever_project_it_is() throws IOException {
    Files.writeString(file, "");

    assertThat(transcripts.find(SESSION)).hasValue(file);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1b6f2c1e-5a34-4d1b-9c55-3f1f2f9f7a01",
        "",
        "../-srv-project/0b6f2c1e-5a34-4d1b-9c55-3f1f2f9f7a01",
        "*"
      })
  void what_is_no_session_of_anyone_is_not_found(String session) throws IOException {
    Files.writeString(file, "");

    assertThat(transcripts.find(session)).isEmpty();
  }

  @Test
  void without_any_projects_nothing_is_found() throws IOException {
    assertThat(new Transcripts(root.resolve("none")).find(SESSION)).isEmpty();
  }

  @Test
  void a_conversation_is_taken_with_those_of_its_subagents() throws IOException {
    Files.writeString(file, "talk");
    subagents(project.resolve(SESSION));

    transcripts.take(SESSION, attempt.resolve("transcript.jsonl"));

    assertThat(project).isEmptyDirectory();
    assertThat(attempt.resolve("transcript.jsonl")).hasContent("talk");
    assertThat(attempt.resolve("transcript/subagents/agent-1.jsonl")).hasContent("sub");
  }

  @Test
  void what_was_interrupted_between_the_two_is_taken_to_its_end() throws IOException {
    Files.writeString(file, "talk");
    subagents(attempt.resolve("transcript"));

    transcripts.take(SESSION, attempt.resolve("transcript.jsonl"));

    assertThat(project).isEmptyDirectory();
    assertThat(attempt.resolve("transcript.jsonl")).hasContent("talk");
    assertThat(attempt.resolve("transcript/subagents/agent-1.jsonl")).hasContent("sub");
  }

  @Test
  void taking_what_is_not_there_does_nothing() throws IOException {
    transcripts.take(SESSION, attempt.resolve("transcript.jsonl"));

    assertThat(attempt).isEmptyDirectory();
  }

  @Test
  void a_conversation_stays_where_the_folder_of_its_attempt_is_gone() throws IOException {
    Files.writeString(file, "talk");

    transcripts.take(SESSION, root.resolve("gone/transcript.jsonl"));

    assertThat(file).hasContent("talk");
  }

  @Test
  void what_was_taken_is_put_back_where_it_can_be_resumed() throws IOException {
    Files.writeString(attempt.resolve("transcript.jsonl"), "talk");
    subagents(attempt.resolve("transcript"));

    transcripts.putBack(SESSION, attempt.resolve("transcript.jsonl"), Path.of("/home/me/new.one"));

    Path folder = root.resolve("projects/-home-me-new-one");
    assertThat(folder.resolve(SESSION + ".jsonl")).hasContent("talk");
    assertThat(folder.resolve(SESSION + "/subagents/agent-1.jsonl")).hasContent("sub");
    assertThat(attempt).isEmptyDirectory();
  }

  @ParameterizedTest
  @CsvSource({
    "/srv/project, -srv-project",
    "/home/me/my_app.v2, -home-me-my-app-v2",
    "/a b/C-9, -a-b-C-9",
    "/\u00e4/x, ---x",
    // Two code units, as in the program's own language.
    "/\ud83d\ude00/x, ----x"
  })
  void a_folder_is_named_as_claude_code_names_it(String cwd, String name) {
    assertThat(Transcripts.folderName(Path.of(cwd))).isEqualTo(name);
  }

  @Test
  void the_name_of_a_long_folder_is_cut_and_made_unique() {
    Path cwd = Path.of("/" + "a".repeat(250));

    // The ending is what 31-polynomial hashing of the path gives, in base 36.
    String hash = Long.toString(Math.abs((long) cwd.toString().hashCode()), 36);
    assertThat(Transcripts.folderName(cwd)).isEqualTo("-" + "a".repeat(199) + "-" + hash);
    assertThat(Transcripts.folderName(Path.of("/" + "a".repeat(199)))).hasSize(200);
  }

  @Test
  void a_session_without_a_conversation_has_no_fork_point() throws IOException {
    assertThat(transcripts.forkPoint(SESSION)).isEmpty();
  }

  @Test
  void a_conversation_without_an_answer_has_no_fork_point() throws IOException {
    write("{'type':'user','uuid':'u1','message':{'role':'user','content':'hi'}}");

    assertThat(transcripts.forkPoint(SESSION)).isEmpty();
  }

  @Test
  void a_plain_conversation_is_forked_at_its_last_answer() throws IOException {
    write(answer("a1", "m1", 100));
    write("{'type':'user','uuid':'u2','message':{'role':'user','content':'more'}}");
    write(answer("a2", "m2", 250));

    assertThat(transcripts.forkPoint(SESSION)).hasValue(new ForkPoint(SESSION, "a2", 250));
  }

  @Test
  void a_turn_in_progress_is_left_out() throws IOException {
    write(answer("a1", "m1", 100));
    write(call("a2", "m2", "toolu_1", 120));

    assertThat(transcripts.forkPoint(SESSION)).hasValue(new ForkPoint(SESSION, "a1", 120));
  }

  @Test
  void all_parts_of_an_answer_in_progress_are_left_out() throws IOException {
    write(answer("a1", "m1", 100));
    write(call("a2", "m2", "toolu_1", 120));
    write(outcome("u1", "toolu_1"));
    write(call("a3", "m2", "toolu_2", 120));

    assertThat(transcripts.forkPoint(SESSION).map(ForkPoint::upTo)).hasValue("a1");
  }

  @Test
  void a_call_that_has_its_result_is_no_turn_in_progress() throws IOException {
    write(answer("a1", "m1", 100));
    write(call("a2", "m2", "toolu_1", 120));
    write(outcome("u1", "toolu_1"));

    assertThat(transcripts.forkPoint(SESSION).map(ForkPoint::upTo)).hasValue("u1");
  }

  @Test
  void what_was_said_and_found_just_before_a_turn_in_progress_is_seen() throws IOException {
    write(call("a1", "m1", "toolu_1", 120));
    write(outcome("u1", "toolu_1"));
    write(call("a2", "m2", "toolu_2", 140));

    assertThat(transcripts.forkPoint(SESSION)).hasValue(new ForkPoint(SESSION, "u1", 140));
  }

  @Test
  void only_a_turn_in_progress_is_no_fork_point() throws IOException {
    write(call("a2", "m2", "toolu_1", 120));

    assertThat(transcripts.forkPoint(SESSION)).isEmpty();
  }

  @Test
  void what_subagents_said_is_no_fork_point() throws IOException {
    write(answer("a1", "m1", 100));
    write(answer("s1", "m9", 9_000).replace("{'type'", "{'isSidechain':true,'type'"));

    assertThat(transcripts.forkPoint(SESSION)).hasValue(new ForkPoint(SESSION, "a1", 100));
  }

  @Test
  void an_answer_without_figures_does_not_hide_the_size_of_the_conversation() throws IOException {
    write(answer("a1", "m1", 100));
    write(answer("a2", "m2", 0));

    assertThat(transcripts.forkPoint(SESSION)).hasValue(new ForkPoint(SESSION, "a2", 100));
  }

  @Test
  void the_size_of_a_conversation_is_all_that_its_last_answer_read_and_wrote() throws IOException {
    write(
        "{'type':'assistant','uuid':'a1','message':{'id':'m1','content':[],'usage':{"
            + "'input_tokens':1,'cache_creation_input_tokens':20,"
            + "'cache_read_input_tokens':300,'output_tokens':4000}}}");

    assertThat(transcripts.forkPoint(SESSION).map(ForkPoint::contextTokens)).hasValue(4_321L);
  }

  @Test
  void a_last_line_that_is_being_written_is_passed_over_wherever_it_ends() throws IOException {
    write(answer("a1", "m1", 100));
    byte[] whole = Files.readAllBytes(file);
    byte[] next =
        "{\"type\":\"assistant\",\"uuid\":\"a2\",\"x\":\"\u00e4\u4e16\ud83d\ude00\""
            .getBytes(StandardCharsets.UTF_8);
    for (int cut = 0; cut <= next.length; cut++) {
      Files.write(file, whole);
      Files.write(file, Arrays.copyOf(next, cut), StandardOpenOption.APPEND);

      assertThat(transcripts.forkPoint(SESSION)).hasValue(new ForkPoint(SESSION, "a1", 100));
    }
  }

  private void write(String line) throws IOException {
    Files.writeString(
        file, line.replace('\'', '"') + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private static void subagents(Path folder) throws IOException {
    Files.createDirectories(folder.resolve("subagents"));
    Files.writeString(folder.resolve("subagents/agent-1.jsonl"), "sub");
  }

  private static String answer(String uuid, String message, long tokens) {
    return line(uuid, message, "{'type':'text','text':'x'}", tokens);
  }

  private static String call(String uuid, String message, String call, long tokens) {
    return line(uuid, message, "{'type':'tool_use','id':'" + call + "','name':'Bash'}", tokens);
  }

  private static String outcome(String uuid, String call) {
    return "{'type':'user','uuid':'%s','message':{'content':[{'type':'tool_result',".formatted(uuid)
        + "'tool_use_id':'%s'}]}}".formatted(call);
  }

  private static String line(String uuid, String message, String part, long tokens) {
    return "{'type':'assistant','uuid':'%s','message':{'id':'%s','content':[%s],"
            .formatted(uuid, message, part)
        + "'usage':{'input_tokens':%d}}}".formatted(tokens);
  }
}

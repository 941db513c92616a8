package dev.braid.claude;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.braid.fault.FaultPoint;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The conversations that Claude Code keeps: {@code projects/<folder>/<session>.jsonl}, and beside
 * it a folder {@code <session>} for those of its subagents.
 *
 * @param projects the folder {@code projects} below Claude Code's root
 */
public record Transcripts(Path projects) {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** A longer name is cut to this length, in UTF-16 units, and a hash is added. */
  private static final int MAX_FOLDER_NAME = 200;

  private static final Pattern SESSION = Pattern.compile("[0-9a-fA-F-]{36}");

  /** A conversation that others can start from. */
  public record ForkPoint(String session, String upTo, long contextTokens) {}

  /** The conversation of a session; empty when there is none, or it is not a session's name. */
  public Optional<Path> find(String session) throws IOException {
    if (!SESSION.matcher(session).matches() || !Files.isDirectory(projects)) {
      return Optional.empty();
    }
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(projects)) {
      for (Path folder : folders) {
        Path file = folder.resolve(session + ".jsonl");
        if (Files.isRegularFile(file)) {
          return Optional.of(file);
        }
      }
    }
    return Optional.empty();
  }

  /**
   * Takes a finished worker's conversation out of Claude Code's sight, so that {@code claude -c}
   * goes on with the person's own. Nothing happens when it is not there.
   *
   * @param file where it goes; its subagents' go to the folder of that name without {@code .jsonl}
   */
  public void take(String session, Path file) throws IOException {
    Optional<Path> found = find(session);
    if (found.isPresent() && Files.isDirectory(file.resolveSibling("."))) {
      move(found.get(), file);
    }
  }

  /**
   * Puts a conversation back, so that it can be resumed in that folder.
   *
   * @param cwd the folder that the worker worked in
   */
  public void putBack(String session, Path file, Path cwd) throws IOException {
    Path folder = projects.resolve(folderName(cwd));
    Files.createDirectories(folder);
    move(file, folder.resolve(session + ".jsonl"));
  }

  private static void move(Path from, Path to) throws IOException {
    // Last the file by which it is found: one that was interrupted is done to its end.
    Path subagents = withoutEnding(from);
    if (Files.isDirectory(subagents) && !Files.exists(withoutEnding(to))) {
      Files.move(subagents, withoutEnding(to));
    }
    FaultPoint.pass("transcript.moving");
    Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
  }

  private static Path withoutEnding(Path transcript) {
    String name = String.valueOf(transcript.getFileName());
    return transcript.resolveSibling(name.substring(0, name.length() - ".jsonl".length()));
  }

  /**
   * What Claude Code calls the folder of conversations held in a folder. It replaces UTF-16 units,
   * not letters, and its hash is that of {@link String#hashCode}.
   */
  static String folderName(Path cwd) {
    String path = cwd.toString();
    var name = new StringBuilder(path);
    for (int i = 0; i < path.length(); i++) {
      char unit = path.charAt(i);
      if (unit >= 128 || !Character.isLetterOrDigit(unit)) {
        name.setCharAt(i, '-');
      }
    }
    if (name.length() <= MAX_FOLDER_NAME) {
      return name.toString();
    }
    String hash = Long.toString(Math.abs((long) path.hashCode()), Character.MAX_RADIX);
    return name.substring(0, MAX_FOLDER_NAME) + "-" + hash;
  }

  /**
   * Where children of a session can start from: its last line, or the last one before an answer
   * that is in progress, which is one with a tool call that has no result yet. Empty when there is
   * none.
   */
  public Optional<ForkPoint> forkPoint(String session) throws IOException {
    return forkPoint(session, "");
  }

  /**
   * The same, but no later than before the answer with a tool call.
   *
   * @param call id of the call; empty for none
   */
  public Optional<ForkPoint> forkPoint(String session, String call) throws IOException {
    Optional<Path> file = find(session);
    if (file.isEmpty()) {
      return Optional.empty();
    }
    var scan = new Scan();
    // Not by a reader of Files, which fails where a line that is being written ends in the middle
    // of a letter.
    try (var lines =
        new BufferedReader(
            new InputStreamReader(Files.newInputStream(file.get()), StandardCharsets.UTF_8))) {
      String line;
      while ((line = lines.readLine()) != null) {
        scan.add(parse(line));
      }
    }
    return scan.point(session, call);
  }

  private static @Nullable JsonNode parse(String line) {
    try {
      return MAPPER.readTree(line);
    } catch (IOException _) {
      // Being written, or of another version: no line that could be a fork point.
      return null;
    }
  }

  /** One pass over the lines of a conversation. */
  private static final class Scan {
    /** Of each answer, by message: the line before its first. In the order of the answers. */
    private final Map<String, String> lineBefore = new LinkedHashMap<>();

    private final Map<String, String> messageOfCall = new HashMap<>();
    private final Set<String> answeredCalls = new HashSet<>();
    private String lastLine = "";
    private long contextTokens;

    void add(@Nullable JsonNode line) {
      if (line == null || line.path("isSidechain").asBoolean()) {
        return;
      }
      JsonNode message = line.path("message");
      switch (line.path("type").asText()) {
        case "assistant" -> addAnswer(message);
        case "user" -> addResults(message);
        default -> {
          return;
        }
      }
      lastLine = line.path("uuid").asText(lastLine);
    }

    private void addResults(JsonNode message) {
      for (JsonNode part : message.path("content")) {
        if (part.path("type").asText().equals("tool_result")) {
          answeredCalls.add(part.path("tool_use_id").asText());
        }
      }
    }

    private void addAnswer(JsonNode message) {
      String id = message.path("id").asText();
      lineBefore.putIfAbsent(id, lastLine);
      for (JsonNode part : message.path("content")) {
        if (part.path("type").asText().equals("tool_use")) {
          messageOfCall.put(part.path("id").asText(), id);
        }
      }
      JsonNode usage = message.path("usage");
      long tokens =
          usage.path("input_tokens").asLong()
              + usage.path("cache_creation_input_tokens").asLong()
              + usage.path("cache_read_input_tokens").asLong()
              + usage.path("output_tokens").asLong();
      contextTokens = tokens > 0 ? tokens : contextTokens;
    }

    Optional<ForkPoint> point(String session, String last) {
      var inProgress = new HashSet<String>();
      messageOfCall.forEach((call, message) -> {
        if (call.equals(last) || !answeredCalls.contains(call)) {
          inProgress.add(message);
        }
      });
      String upTo = lastLine;
      for (Map.Entry<String, String> answer : lineBefore.entrySet()) {
        if (inProgress.contains(answer.getKey())) {
          upTo = answer.getValue();
          break;
        }
      }
      return upTo.isEmpty() || lineBefore.isEmpty()
          ? Optional.empty()
          : Optional.of(new ForkPoint(session, upTo, contextTokens));
    }
  }
}

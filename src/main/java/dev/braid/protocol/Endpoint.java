package dev.braid.protocol;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a daemon listens, as its endpoint file says. The file may be older than any living daemon:
 * only an answer tells.
 *
 * @param port on the loopback interface
 * @param token that lets a caller do everything; new at each start, and secret
 * @param version of the daemon
 */
public record Endpoint(int port, String token, long pid, String version) {
  private static final int MAX_PORT = 65_535;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** What a file says; empty when there is none, or it is damaged. */
  public static Optional<Endpoint> read(Path file) throws IOException {
    try {
      JsonNode node = MAPPER.readTree(Files.readString(file));
      int port = node.path("port").asInt();
      String token = node.path("token").asText();
      return port > 0 && port <= MAX_PORT && !token.isEmpty()
          ? Optional.of(
              new Endpoint(port, token, node.path("pid").asLong(), node.path("version").asText()))
          : Optional.empty();
    } catch (NoSuchFileException | CharacterCodingException | JsonProcessingException _) {
      return Optional.empty();
    }
  }

  /** The text of the file. */
  public String text() {
    return MAPPER
            .createObjectNode()
            .put("port", port)
            .put("token", token)
            .put("pid", pid)
            .put("version", version)
        + "\n";
  }

  @Override
  public String toString() {
    return "Endpoint[port=" + port + ", pid=" + pid + ", token hidden]";
  }
}

package dev.braid.claude;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.fault.FaultPoint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The file of one listed task, changed as Claude Code itself does: under the task's lock, written
 * as it writes, all that is not changed kept. Claude Code reads without a lock, so the new file
 * takes the place of the old one in one step.
 */
public final class ListedFile {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  /** As {@code JSON.stringify(task, null, 2)} writes. */
  private static final ObjectWriter WRITER =
      MAPPER.writer(
          new DefaultPrettyPrinter(
                  Separators.createDefaultInstance()
                      .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                      .withObjectEmptySeparator("")
                      .withArrayEmptySeparator(""))
              .withObjectIndenter(new DefaultIndenter("  ", "\n"))
              .withArrayIndenter(new DefaultIndenter("  ", "\n")));

  private static final Pattern HALF_PAIR = Pattern.compile("\\p{Cs}");

  private final Path list;
  private final String id;
  private final InstantSource clock;
  private final Duration patience;

  /** What became of a change. */
  public enum Change {
    DONE,
    /** The task is not as it would have to be; nothing was changed. */
    UNFIT,
    /** Somebody held its lock for longer than was to be waited; nothing was changed. */
    LOCKED
  }

  /** Changes the content of a task's file. */
  interface Edit {
    void apply(ObjectNode task, ObjectNode metadata);
  }

  /** Waits for its lock as long as Claude Code does. */
  public ListedFile(Path list, String id, InstantSource clock) {
    this(list, id, clock, ListLock.USUAL_PATIENCE);
  }

  /**
   * One that is changed by somebody in a hurry, or who must.
   *
   * @param patience how long its lock is waited for
   */
  public ListedFile(Path list, String id, InstantSource clock, Duration patience) {
    this.list = list;
    this.id = id;
    this.clock = clock;
    this.patience = patience;
  }

  /**
   * Makes it a task of a run: one that nobody owns, or that was reserved for Braid.
   *
   * @param isReserved whether Claude Code was asked to write Braid as its owner
   */
  public Change claim(String run, boolean isReserved) throws IOException {
    return change(
        task ->
            isReserved
                ? Claim.isReserved(task)
                : task.owner() == null && task.status() == ListStatus.PENDING,
        (task, metadata) -> {
          task.put("owner", TaskList.OWNER);
          metadata.put(Claim.RUN, run);
        });
  }

  /** It is no task of a run any more, but still reserved. */
  public Change reserveAgain(String run) throws IOException {
    return change(task -> Claim.isOf(task, run), (_, metadata) -> metadata.remove(Claim.RUN));
  }

  /** Makes it a task of its run again, after it was given back and nobody took it. */
  public Change claimAgain(String run) throws IOException {
    return change(
        task ->
            task.owner() == null && task.status() == ListStatus.PENDING && Claim.wasGivenBack(task),
        (task, metadata) -> {
          task.put("owner", TaskList.OWNER);
          metadata.put(Claim.RUN, run);
          metadata.remove(Claim.REASON);
        });
  }

  /** Whether Claude Code wrote Braid as its owner and no run has it. */
  public boolean isReserved() throws IOException {
    return listed().filter(Claim::isReserved).isPresent();
  }

  /** The run that does it; empty when Braid does not. */
  public Optional<String> run() throws IOException {
    return listed().map(Claim::run);
  }

  private Optional<ListedTask> listed() throws IOException {
    ObjectNode task = read();
    return task != null
            && ListedTask.of(id, task) instanceof ListedTask.Reading.Good(ListedTask good)
        ? Optional.of(good)
        : Optional.empty();
  }

  /** Its process runs. */
  public Change begin(String run) throws IOException {
    return change(
        task -> Claim.isOf(task, run) && task.status() != ListStatus.COMPLETED,
        (task, _) -> task.put("status", ListStatus.IN_PROGRESS.wireName()));
  }

  /** It is done. */
  public Change complete(String run) throws IOException {
    return change(
        task -> Claim.isOf(task, run),
        (task, _) -> task.put("status", ListStatus.COMPLETED.wireName()));
  }

  /**
   * It is the session's again.
   *
   * @param run whose claim ends; null for a reservation that comes to nothing
   * @param reason why; null when no gate is to be kept from claiming it again
   */
  public Change giveBack(@Nullable String run, @Nullable String reason) throws IOException {
    return change(
        task -> run == null ? Claim.isReserved(task) : Claim.isOf(task, run),
        (task, metadata) -> {
          task.put("status", ListStatus.PENDING.wireName());
          task.remove("owner");
          metadata.remove(Claim.RUN);
          if (reason != null) {
            metadata.put(Claim.REASON, reason);
          }
        });
  }

  private Change change(Predicate<ListedTask> fits, Edit edit) throws IOException {
    Optional<ListLock> lock;
    try {
      lock = ListLock.ofTask(list, id, clock, patience);
    } catch (NoSuchFileException _) {
      return Change.UNFIT;
    }
    if (lock.isEmpty()) {
      return Change.LOCKED;
    }
    try (ListLock _ = lock.get()) {
      FaultPoint.pass("list.locked");
      ObjectNode task = read();
      if (task == null
          || !(ListedTask.of(id, task) instanceof ListedTask.Reading.Good(ListedTask good))
          || !fits.test(good)) {
        // Whoever was killed while it wrote the same may have left it.
        Files.deleteIfExists(temporary());
        return Change.UNFIT;
      }
      boolean hadMetadata = task.has("metadata");
      ObjectNode metadata = task.withObjectProperty("metadata");
      edit.apply(task, metadata);
      if (metadata.isEmpty() && !hadMetadata) {
        task.remove("metadata");
      }
      write(task);
      return Change.DONE;
    }
  }

  private Path file() {
    return list.resolve(id + ".json");
  }

  /** As UTF-8 and nothing else: Jackson would take bytes with zeros in them for UTF-32. */
  private @Nullable ObjectNode read() throws IOException {
    try {
      return MAPPER.readTree(Files.readString(file())) instanceof ObjectNode task ? task : null;
    } catch (NoSuchFileException | CharacterCodingException | JsonProcessingException _) {
      return null;
    }
  }

  /** As JSON.stringify has halves of surrogate pairs, which UTF-8 cannot hold. */
  private static String escaped(String json) {
    return HALF_PAIR
        .matcher(json)
        .replaceAll(half -> String.format(Locale.ROOT, "\\\\u%04x", (int) half.group().charAt(0)));
  }

  private Path temporary() {
    return list.resolve("." + id + ".braid");
  }

  private void write(ObjectNode task) throws IOException {
    Path temporary = temporary();
    ByteBuffer bytes =
        ByteBuffer.wrap(escaped(WRITER.writeValueAsString(task)).getBytes(StandardCharsets.UTF_8));
    try {
      try (FileChannel channel =
          FileChannel.open(
              temporary,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      FaultPoint.pass("list.written");
      Files.move(temporary, file(), StandardCopyOption.ATOMIC_MOVE);
      FaultPoint.pass("list.renamed");
    } finally {
      Files.deleteIfExists(temporary);
    }
  }
}

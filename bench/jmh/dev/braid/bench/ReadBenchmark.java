package dev.braid.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.claude.Claimant;
import dev.braid.claude.Listing;
import dev.braid.claude.TaskList;
import dev.braid.intake.Intake;
import dev.braid.intake.TaskFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Reads tasks: of one file, and of a list of Claude Code, which is a file each. */
public class ReadBenchmark {
  /** The bytes of a task file. */
  @State(Scope.Thread)
  public static class Document {
    @Param("10000")
    public int size;

    private byte[] bytes = {};

    @Setup
    public void read() throws IOException {
      bytes = Work.taskFile(size);
    }
  }

  /** A folder with the files of a list. */
  @State(Scope.Thread)
  public static class Folder {
    @Param("10000")
    public int size;

    private Path path = Path.of(".");

    @Setup
    public void write() throws IOException {
      path = Work.folder("list");
      var mapper = new ObjectMapper();
      for (int i = 1; i <= size; i++) {
        ObjectNode task = mapper.createObjectNode();
        task.put("id", String.valueOf(i)).put("subject", "Run the tests of part " + i);
        task.put("description", "Run them and say which fail.").put("status", "pending");
        task.putArray("blocks");
        var blockedBy = task.putArray("blockedBy");
        for (int blocker = Math.max(1, i - 2); blocker < i; blocker++) {
          blockedBy.add(String.valueOf(blocker));
        }
        mapper.writeValue(path.resolve(i + ".json").toFile(), task);
      }
    }
  }

  @Benchmark
  public Intake file(Document document) {
    return TaskFile.read(document.bytes);
  }

  @Benchmark
  public Listing list(Folder folder) {
    return TaskList.read(folder.path, folder.path, false, Claimant.PERSON);
  }
}

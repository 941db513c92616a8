package dev.braid.cli;

import dev.braid.config.Places;
import dev.braid.run.Replay;
import dev.braid.run.RunFile;
import dev.braid.run.RunId;
import dev.braid.run.RunOutcome;
import dev.braid.run.RunStore;
import dev.braid.run.Timeline;
import dev.braid.store.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The folder of a run, written line by line. JSON may have single quotes for double ones. */
public final class WrittenRun {
  public static final String OWNED =
      "{'at':'2026-11-27T15:00:00Z','entry':'owned','owner':'a test'}";
  public static final String FINISHED =
      "{'at':'2026-11-27T15:00:09Z','entry':'finished','status':'partial','wall_seconds':9}";

  private final RunStore store;
  private final RunId id;

  private WrittenRun(Places places, RunId id) {
    this.store = new RunStore(places);
    this.id = id;
  }

  /**
   * A run with an empty journal.
   *
   * @param number tells it from others; higher ones are newer
   * @param tasks as in a task file
   */
  public static WrittenRun of(Path root, int number, String tasks) throws IOException {
    var id = new RunId("019b0000-%04x-7000-8000-%012x".formatted(number, number));
    var run = new WrittenRun(new Places(root), id);
    Files.createDirectories(run.folder().path());
    Files.writeString(
        run.folder().request(),
        json(
            """
            {'version':1,'run_id':'%s','created':'2026-11-27T15:00:00Z','cwd':'/',
             'decision':{'parallel':true,'reason':'a test'},'options':{'slots':2},
             'environment_file':'/nowhere','temporary_folder':'/nowhere','tasks':%s}
            """
                .formatted(id, tasks)));
    return run.with();
  }

  static String json(String text) {
    return text.replace('\'', '"');
  }

  /** Adds lines to its journal. */
  public WrittenRun with(String... lines) throws IOException {
    for (String line : lines) {
      append(json(line) + "\n");
    }
    append("");
    return this;
  }

  /** Adds a text to its journal as it is. */
  public WrittenRun append(String text) throws IOException {
    Files.writeString(
        folder().journal(), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    return this;
  }

  public static String starting(String task, int attempt, int slot, int second) {
    return "{'at':'2026-11-27T15:00:%02dZ','entry':'starting','task':'%s','attempt':%d,'slot':%d}"
        .formatted(second, task, attempt, slot);
  }

  public static String retried(String task, int attempt, int second) {
    return """
    {'at':'2026-11-27T15:00:%02dZ','entry':'retried','task':'%s','attempt':%d,'error':'it broke',\
    'seconds':1,'counts':true}\
    """
        .formatted(second, task, attempt);
  }

  /**
   * An entry of a task that is done.
   *
   * @param more members of the result, after a comma each
   */
  public static String ended(String task, String status, int second, String more) {
    return """
    {'at':'2026-11-27T15:00:%02dZ','entry':'ended','result':{'task_id':'%s','type':'general',\
    'status':'%s','duration':2.5,'attempts':1,'output':'','warnings':[]%s}}\
    """
        .formatted(second, task, status, more);
  }

  public RunId id() {
    return id;
  }

  public RunStore store() {
    return store;
  }

  public RunFolder folder() {
    return store.folder(id);
  }

  RunOutcome outcome() throws IOException {
    return RunOutcome.soFar(file(), Replay.of(folder()));
  }

  Timeline timeline() throws IOException {
    return Timeline.of(file(), folder());
  }

  private RunFile file() throws IOException {
    return store.request(id).orElseThrow();
  }
}

package dev.braid.run;

import dev.braid.config.Places;
import dev.braid.fault.FaultPoint;
import dev.braid.process.Processes;
import dev.braid.store.AtomicFile;
import dev.braid.store.AtomicFile.Durability;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What a session is to be told of its runs, each exactly once: files in a folder of the session, so
 * that its hooks need no daemon. Of each run one file tells how it stands, and changes by renames:
 *
 * <pre>
 *  RUN.active -> RUN.ready -> RUN.taken.PID.START -> (gone)
 *    |   ^
 *    v   |
 *  RUN.parked, with a RUN.note
 * </pre>
 *
 * <p>What is claimed for a run that never began is {@code active} and {@code parked} in the same
 * way: parked while the list cannot be written.
 *
 * <p>Whoever renames {@code ready} or {@code note} hands it over. One that was taken by a process
 * that died before it told is there again. START is when that process started, in the kernel's
 * words; it is left out where a script cannot know it.
 */
public final class Handover {
  private static final String ACTIVE = ".active";
  private static final String PARKED = ".parked";
  private static final String READY = ".ready";
  private static final String NOTE = ".note";
  private static final String TAKEN = ".taken.";

  /** What can be part of a name of a file. */
  private static final Pattern START_TIME = Pattern.compile("\\d+");

  /** There while the session waits for the person. */
  private static final String STOPPED = "stopped";

  /** Holds the folder that the session works in. */
  private static final String FOLDER = "folder";

  private final Path folder;

  Handover(Path folder) {
    this.folder = folder;
  }

  /** That of a session. */
  public static Handover of(Places places, String session) {
    return new Handover(places.session(session));
  }

  /** Those of all sessions that have something to be told. */
  public static List<Handover> all(Places places) throws IOException {
    var all = new ArrayList<Handover>();
    if (Files.isDirectory(places.sessions())) {
      try (DirectoryStream<Path> folders = Files.newDirectoryStream(places.sessions())) {
        folders.forEach(each -> all.add(new Handover(each)));
      }
    }
    return all;
  }

  /** The id of the session. */
  public String session() {
    return String.valueOf(folder.getFileName());
  }

  /**
   * From here on, the session waits when it comes to rest.
   *
   * @param name the run, or what may become one
   * @param cwd folder of the session
   * @param text kept for whoever has to clear up after a crash
   */
  public void expect(String name, Path cwd, String text) throws IOException {
    AtomicFile.write(folder.resolve(FOLDER), cwd + "\n", Durability.PROGRAM);
    AtomicFile.write(folder.resolve(name + ACTIVE), text, Durability.MACHINE);
  }

  /**
   * What is expected.
   *
   * @param text that was given
   * @param isAwaited whether the session waits for it
   */
  public record Expected(String name, String text, boolean isAwaited) {}

  public List<Expected> expected() throws IOException {
    var expected = new ArrayList<Expected>();
    for (Path file : files(name -> name.endsWith(ACTIVE) || name.endsWith(PARKED))) {
      String name = String.valueOf(file.getFileName());
      try {
        expected.add(
            new Expected(
                name.substring(0, name.lastIndexOf('.')),
                AtomicFile.text(file),
                name.endsWith(ACTIVE)));
      } catch (NoSuchFileException _) {
        // It came to its end, or is parked or goes on, in this moment.
      }
    }
    return expected;
  }

  /** Runs whose end nobody has told it yet. */
  List<String> waiting() throws IOException {
    return files(name -> name.endsWith(READY)).stream()
        .map(file -> String.valueOf(file.getFileName()))
        .map(name -> name.substring(0, name.length() - READY.length()))
        .toList();
  }

  /** Nothing will come of it. */
  public void drop(String name) throws IOException {
    Files.deleteIfExists(folder.resolve(name + ACTIVE));
    Files.deleteIfExists(folder.resolve(name + PARKED));
  }

  /** The session waits for it no more, though it is not done with. */
  void keep(String name) throws IOException {
    Path active = folder.resolve(name + ACTIVE);
    if (Files.exists(active)) {
      Files.move(active, folder.resolve(name + PARKED), StandardCopyOption.ATOMIC_MOVE);
    }
  }

  /** The end of a run; nothing happens when the session was told of it already. */
  void ready(RunId run, String text) throws IOException {
    unpark(run);
    Path active = folder.resolve(run + ACTIVE);
    if (Files.exists(active)) {
      AtomicFile.write(active, text, Durability.MACHINE);
      FaultPoint.pass("handover.ready");
      Files.move(active, folder.resolve(run + READY), StandardCopyOption.ATOMIC_MOVE);
    }
  }

  /** The run cannot go on for now: the session is told so, and waits no more in any case. */
  void park(RunId run, String text) throws IOException {
    if (Files.exists(folder.resolve(run + ACTIVE))) {
      try {
        AtomicFile.write(folder.resolve(run + NOTE), text, Durability.MACHINE);
      } finally {
        keep(run.value());
      }
    }
  }

  /** The run goes on. */
  void unpark(RunId run) throws IOException {
    Path parked = folder.resolve(run + PARKED);
    if (Files.exists(parked)) {
      Files.move(parked, folder.resolve(run + ACTIVE), StandardCopyOption.ATOMIC_MOVE);
    }
  }

  /** Something to be told that is no end of a run. */
  public void note(String name, String text) throws IOException {
    if (Files.isDirectory(folder)) {
      AtomicFile.write(folder.resolve(name + NOTE), text, Durability.MACHINE);
    }
  }

  /** Whether a run's end waits to be told. */
  boolean holds(RunId run) throws IOException {
    return !files(name -> name.startsWith(run.value()) && !name.endsWith(NOTE)).isEmpty();
  }

  /** A text that was taken; when this process dies before it was told it is there again. */
  public record Taken(String text, Path file) {
    /** Whoever it was for has it. */
    public void told() throws IOException {
      Files.deleteIfExists(file);
      new Handover(Objects.requireNonNull(file.getParent())).tidy();
    }

    /** It did not get there: it is to be told once more. */
    public void untold() throws IOException {
      String name = String.valueOf(file.getFileName());
      String what = name.substring(0, name.indexOf('.'));
      Files.move(file, file.resolveSibling(what + READY), StandardCopyOption.ATOMIC_MOVE);
    }
  }

  /**
   * Takes what is to be told; nobody else gets it after that.
   *
   * @param processes say who takes it, and who is still there
   */
  public List<Taken> take(Processes processes) throws IOException {
    String taker = taker(processes);
    var moved = new ArrayList<Path>();
    var texts = new ArrayList<Taken>();
    boolean isWhole = false;
    try {
      for (Path file : files(name -> isForTaking(name, processes))) {
        String name = String.valueOf(file.getFileName());
        String run = name.substring(0, name.indexOf('.'));
        // A run may have something to tell before its end, too.
        String what = name.endsWith(NOTE) ? run + "-note" : run;
        Path taken = folder.resolve(what + TAKEN + taker);
        try {
          Files.move(file, taken, StandardCopyOption.ATOMIC_MOVE);
          moved.add(taken);
          FaultPoint.pass("handover.taken");
          texts.add(new Taken(AtomicFile.text(taken), taken));
        } catch (NoSuchFileException _) {
          // Somebody else was faster, and tells it.
        }
      }
      isWhole = true;
      return texts;
    } finally {
      if (!isWhole) {
        // Else nobody could tell it while this process lives.
        for (Path each : moved) {
          new Taken("", each).untold();
        }
      }
    }
  }

  private static boolean isForTaking(String name, Processes processes) {
    int taken = name.indexOf(TAKEN);
    return name.endsWith(READY)
        || name.endsWith(NOTE)
        || (taken > 0 && isGone(name.substring(taken + TAKEN.length()), processes));
  }

  /** How a process is named that takes a text. */
  private static String taker(Processes processes) {
    long pid = processes.ownPid();
    String start = processes.startTime(pid);
    return START_TIME.matcher(start).matches() ? pid + "." + start : Long.toString(pid);
  }

  private static boolean isGone(String taker, Processes processes) {
    int dot = taker.indexOf('.');
    String start = dot < 0 ? "" : taker.substring(dot + 1);
    try {
      long pid = Long.parseLong(dot < 0 ? taker : taker.substring(0, dot));
      return !processes.isAlive(pid, start);
    } catch (NumberFormatException _) {
      return false;
    }
  }

  private List<Path> files(Predicate<String> names) throws IOException {
    var files = new ArrayList<Path>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
      for (Path file : all) {
        if (names.test(String.valueOf(file.getFileName()))) {
          files.add(file);
        }
      }
    } catch (NoSuchFileException _) {
      return List.of();
    }
    return files;
  }

  /** The folder that the session works in; a path that is nowhere when nobody knows. */
  public Path cwd() throws IOException {
    String text = AtomicFile.find(folder.resolve(FOLDER)).orElse("");
    String path = text.endsWith("\n") ? text.strip() : "";
    return Path.of(path.isEmpty() ? "/dev/null" : path);
  }

  /** Whether the session came to rest and waits. */
  boolean isAtRest() {
    return Files.exists(folder.resolve(STOPPED));
  }

  /** The session works again. */
  public void works() throws IOException {
    Files.deleteIfExists(folder.resolve(STOPPED));
  }

  /**
   * Removes the folder when there is nothing to tell and nothing to come. What comes meanwhile
   * stays.
   */
  public void tidy() throws IOException {
    if (files(Handover::isNeeded).isEmpty()) {
      for (Path file : files(name -> !isNeeded(name))) {
        Files.deleteIfExists(file);
      }
      try {
        Files.deleteIfExists(folder);
      } catch (DirectoryNotEmptyException _) {
        // Something came.
      }
    }
  }

  private static boolean isNeeded(String name) {
    return name.endsWith(ACTIVE)
        || name.endsWith(PARKED)
        || name.endsWith(READY)
        || name.endsWith(NOTE)
        || name.contains(TAKEN);
  }
}

package dev.braid.process;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * Spawning by posix_spawn(3), which makes the session and closes descriptors itself: half the cost
 * of ProcessBuilder, which runs one program more to start another.
 */
final class PosixSpawn implements Spawner {
  private static final int OWNER_ONLY = 0600;
  private static final int FIRST_TO_CLOSE = 3;

  /** Attributes are the same for all children and live as long as this program. */
  private final MemorySegment attributes = LibC.newSessionAttributes(Arena.global());

  /** Whether this system has all that it takes: glibc 2.34, macOS 10.15 or newer. */
  static boolean isThere() {
    try {
      LibC.load();
      return true;
    } catch (LinkageError _) {
      return false;
    }
  }

  @Override
  public Spawned spawn(Launch launch, String cgroup) {
    String problem = Spawner.problemWith(launch.cwd());
    if (!problem.isEmpty()) {
      return Spawned.Failed.forGood(problem);
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment ends = arena.allocate(JAVA_INT, 2);
      if (LibC.pipe(ends) != 0) {
        return Spawned.Failed.of(LibC.EMFILE);
      }
      int readEnd = ends.getAtIndex(JAVA_INT, 0);
      int writeEnd = ends.getAtIndex(JAVA_INT, 1);
      MemorySegment pid = arena.allocate(JAVA_INT);
      int error = spawn(arena, launch, cgroup, readEnd, pid);
      LibC.close(readEnd);
      if (error != 0) {
        LibC.close(writeEnd);
        return Spawned.Failed.of(error);
      }
      return new Child(pid.get(JAVA_INT, 0), writeEnd);
    }
  }

  private int spawn(Arena arena, Launch launch, String cgroup, int readEnd, MemorySegment pid) {
    int append = LibC.O_WRONLY | LibC.O_CREAT | LibC.O_APPEND;
    AttemptFolder folder = launch.folder();
    MemorySegment actions = LibC.newActions(arena);
    LibC.addDup2(actions, readEnd, 0);
    LibC.addOpen(actions, 1, arena.allocateFrom(folder.stdout().toString()), append, OWNER_ONLY);
    LibC.addOpen(actions, 2, arena.allocateFrom(folder.stderr().toString()), append, OWNER_ONLY);
    LibC.closeFrom(actions, FIRST_TO_CLOSE);
    LibC.addChdir(actions, arena.allocateFrom(launch.cwd().toString()));
    List<String> command = Wrapper.around(launch, cgroup);
    var environment = new ArrayList<String>(launch.environment().size());
    launch.environment().forEach((name, value) -> environment.add(name + "=" + value));
    int error =
        LibC.spawn(
            pid,
            arena.allocateFrom(command.getFirst()),
            actions,
            attributes,
            LibC.strings(arena, command),
            LibC.strings(arena, environment));
    LibC.destroyActions(actions);
    return error;
  }

  /** A wrapper started here. {@link #go} and {@link #awaitExit} are each called once. */
  private record Child(int childPid, int writeEnd) implements Spawned.Waiting {
    @Override
    public long pid() {
      return childPid;
    }

    @Override
    public void go() {
      try (Arena arena = Arena.ofConfined()) {
        LibC.write(writeEnd, arena.allocateFrom("go\n").asSlice(0, 3));
      }
      LibC.close(writeEnd);
    }

    @Override
    public void dismiss() {
      LibC.close(writeEnd);
    }

    @Override
    public void awaitExit() {
      LibC.waitFor(childPid);
    }
  }
}

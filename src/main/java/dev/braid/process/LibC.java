package dev.braid.process;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Locale;

/** The few functions of the C library that Braid calls, and the numbers that differ by system. */
final class LibC {
  private static final boolean MACOS =
      System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("mac");

  static final int O_WRONLY = 1;
  static final int O_CREAT = MACOS ? 0x200 : 0100;
  static final int O_APPEND = MACOS ? 0x8 : 02000;
  static final short SPAWN_SETSIGDEF = 0x04;
  static final short SPAWN_SETSIGMASK = 0x08;
  static final short SPAWN_SETSID = (short) (MACOS ? 0x400 : 0x80);

  /** Closes everything but what the file actions name; elsewhere {@link #closeFrom} does. */
  static final short SPAWN_CLOEXEC_DEFAULT = (short) (MACOS ? 0x4000 : 0);

  static final int FALLOCATE_KEEP_SIZE = 1;
  static final int FALLOCATE_PUNCH_HOLE = 2;
  static final int EINTR = 4;
  static final int EAGAIN = MACOS ? 35 : 11;
  static final int ENOMEM = 12;
  static final int ENFILE = 23;
  static final int EMFILE = 24;

  /** Room for the opaque structures of any of the C libraries (glibc needs 336 bytes at most). */
  static final long OPAQUE_BYTES = 512;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final SymbolLookup LIBRARY = LINKER.defaultLookup();
  private static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");
  private static final MemoryLayout ERRNO_LAYOUT = Linker.Option.captureStateLayout();

  private static final MethodHandle POSIX_SPAWN =
      handle("posix_spawnp", ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS);
  private static final MethodHandle ACTIONS_INIT = handle("posix_spawn_file_actions_init", ADDRESS);
  private static final MethodHandle ACTIONS_DESTROY =
      handle("posix_spawn_file_actions_destroy", ADDRESS);
  private static final MethodHandle ACTIONS_OPEN =
      handle("posix_spawn_file_actions_addopen", ADDRESS, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
  private static final MethodHandle ACTIONS_DUP2 =
      handle("posix_spawn_file_actions_adddup2", ADDRESS, JAVA_INT, JAVA_INT);
  private static final MethodHandle ACTIONS_CHDIR =
      handle("posix_spawn_file_actions_addchdir_np", ADDRESS, ADDRESS);
  private static final MethodHandle ACTIONS_CLOSE_FROM =
      MACOS ? ACTIONS_INIT : handle("posix_spawn_file_actions_addclosefrom_np", ADDRESS, JAVA_INT);
  private static final MethodHandle ATTRIBUTES_INIT = handle("posix_spawnattr_init", ADDRESS);
  private static final MethodHandle ATTRIBUTES_FLAGS =
      handle("posix_spawnattr_setflags", ADDRESS, JAVA_SHORT);
  private static final MethodHandle ATTRIBUTES_SIGMASK =
      handle("posix_spawnattr_setsigmask", ADDRESS, ADDRESS);
  private static final MethodHandle ATTRIBUTES_SIGDEFAULT =
      handle("posix_spawnattr_setsigdefault", ADDRESS, ADDRESS);
  private static final MethodHandle SIGFILLSET = handle("sigfillset", ADDRESS);
  private static final MethodHandle SIGEMPTYSET = handle("sigemptyset", ADDRESS);
  private static final MethodHandle PIPE = handle("pipe", ADDRESS);
  private static final MethodHandle CLOSE = handle("close", JAVA_INT);
  private static final MethodHandle WRITE =
      LINKER.downcallHandle(
          symbol("write"), FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
  private static final MethodHandle OPEN =
      LINKER.downcallHandle(
          symbol("open"),
          FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT),
          Linker.Option.firstVariadicArg(2));
  private static final MethodHandle WAITPID =
      LINKER.downcallHandle(
          symbol("waitpid"), FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT), ERRNO);

  private LibC() {}

  /** Loads the functions; throws {@link LinkageError} where one is missing. */
  static void load() {}

  static int spawn(
      MemorySegment pid,
      MemorySegment path,
      MemorySegment actions,
      MemorySegment attributes,
      MemorySegment arguments,
      MemorySegment environment) {
    return call(() ->
        (int) POSIX_SPAWN.invokeExact(pid, path, actions, attributes, arguments, environment));
  }

  static MemorySegment newActions(Arena arena) {
    MemorySegment actions = arena.allocate(OPAQUE_BYTES, 16);
    call(() -> (int) ACTIONS_INIT.invokeExact(actions));
    return actions;
  }

  static void destroyActions(MemorySegment actions) {
    call(() -> (int) ACTIONS_DESTROY.invokeExact(actions));
  }

  static void addOpen(MemorySegment actions, int fd, MemorySegment path, int flags, int mode) {
    call(() -> (int) ACTIONS_OPEN.invokeExact(actions, fd, path, flags, mode));
  }

  static void addDup2(MemorySegment actions, int from, int to) {
    call(() -> (int) ACTIONS_DUP2.invokeExact(actions, from, to));
  }

  static void addChdir(MemorySegment actions, MemorySegment path) {
    call(() -> (int) ACTIONS_CHDIR.invokeExact(actions, path));
  }

  static void closeFrom(MemorySegment actions, int fd) {
    if (!MACOS) {
      call(() -> (int) ACTIONS_CLOSE_FROM.invokeExact(actions, fd));
    }
  }

  /** Attributes of a child in its own session, with no signal blocked or ignored. */
  static MemorySegment newSessionAttributes(Arena arena) {
    MemorySegment attributes = arena.allocate(OPAQUE_BYTES, 16);
    MemorySegment none = arena.allocate(OPAQUE_BYTES, 16);
    MemorySegment all = arena.allocate(OPAQUE_BYTES, 16);
    short flags =
        (short) (SPAWN_SETSID | SPAWN_SETSIGMASK | SPAWN_SETSIGDEF | SPAWN_CLOEXEC_DEFAULT);
    call(() -> (int) ATTRIBUTES_INIT.invokeExact(attributes));
    call(() -> (int) SIGEMPTYSET.invokeExact(none));
    call(() -> (int) SIGFILLSET.invokeExact(all));
    call(() -> (int) ATTRIBUTES_SIGMASK.invokeExact(attributes, none));
    call(() -> (int) ATTRIBUTES_SIGDEFAULT.invokeExact(attributes, all));
    call(() -> (int) ATTRIBUTES_FLAGS.invokeExact(attributes, flags));
    return attributes;
  }

  static int pipe(MemorySegment ends) {
    return call(() -> (int) PIPE.invokeExact(ends));
  }

  static void close(int fd) {
    call(() -> (int) CLOSE.invokeExact(fd));
  }

  static void write(int fd, MemorySegment bytes) {
    try {
      // A reader that is gone is an answer too: the JVM ignores SIGPIPE.
      long _ = (long) WRITE.invokeExact(fd, bytes, bytes.byteSize());
    } catch (Throwable t) {
      throw new LinkageError("write(2)", t);
    }
  }

  /** Waits for a child and collects it. Returns at once when it is no child of ours. */
  static void waitFor(int pid) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment errno = arena.allocate(ERRNO_LAYOUT);
      MemorySegment status = arena.allocate(JAVA_INT);
      int result;
      do {
        result = (int) WAITPID.invokeExact(errno, pid, status, 0);
      } while (result < 0 && errno.get(JAVA_INT, 0) == EINTR);
    } catch (Throwable t) {
      throw new LinkageError("waitpid(2)", t);
    }
  }

  /**
   * Gives the blocks of a part of a file back to the disk; it then reads as zeros and the file
   * keeps its length. Does nothing where the system or the file system cannot.
   */
  static void punchHole(MemorySegment path, long offset, long bytes) {
    if (MACOS) {
      return;
    }
    int fd = call(() -> (int) OPEN.invokeExact(path, O_WRONLY));
    if (fd >= 0) {
      int mode = FALLOCATE_PUNCH_HOLE | FALLOCATE_KEEP_SIZE;
      call(() -> (int) Fallocate.HANDLE.invokeExact(fd, mode, offset, bytes));
      close(fd);
    }
  }

  /** Looked up when first needed, since macOS has no such function. */
  private static final class Fallocate {
    static final MethodHandle HANDLE =
        LINKER.downcallHandle(
            symbol("fallocate"),
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG));
  }

  /** A null-terminated array of C strings. */
  static MemorySegment strings(Arena arena, List<String> texts) {
    MemorySegment array = arena.allocate(ADDRESS, texts.size() + 1L);
    for (int i = 0; i < texts.size(); i++) {
      array.setAtIndex(ADDRESS, i, arena.allocateFrom(texts.get(i)));
    }
    return array;
  }

  private static MethodHandle handle(String name, ValueLayout... arguments) {
    return LINKER.downcallHandle(symbol(name), FunctionDescriptor.of(JAVA_INT, arguments));
  }

  private static MemorySegment symbol(String name) {
    return LIBRARY
        .find(name)
        .orElseThrow(() -> new UnsatisfiedLinkError("no function " + name + " here"));
  }

  /** A call through a method handle, which may throw anything as far as the compiler knows. */
  private interface Downcall {
    int run() throws Throwable;
  }

  private static int call(Downcall downcall) {
    try {
      return downcall.run();
    } catch (Throwable t) {
      throw new LinkageError("a call of the C library", t);
    }
  }
}

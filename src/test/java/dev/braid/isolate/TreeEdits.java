package dev.braid.isolate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What people and tasks do to the files of a tree. Which file it is, a chance says; where there is
 * none of the kind that is needed, nothing is done. Repositories inside of the tree are left alone.
 */
final class TreeEdits {
  /** Names that somebody has somewhere. None but the last two differs from another in form only. */
  static final List<String> ODD_NAMES =
      List.of(
          "b c.txt",
          "\u00fcml\u00e4ut.txt",
          "\u65e5\u672c \u8a9e",
          "\ud83d\ude00.txt",
          "-dash",
          "--",
          "quote\"s\".txt",
          "it's",
          "back\\slash",
          "tab\there",
          "star*.txt",
          "[x]?.txt",
          ":(top)colon",
          "#hash",
          "!bang",
          "%41$HOME",
          "~tilde",
          "dot.",
          ".hidden",
          " lead",
          "trail ",
          "carriage\r",
          "a => b",
          "{x}",
          "caf\u00e9",
          "cafe\u0301");

  private static final List<String> PLAIN_NAMES = List.of("n1.txt", "n2.txt", "n3.txt", "n4.txt");
  private static final List<String> FOLDERS =
      List.of("", "dir/", "dir/deep/", "src/", "big/", "new dir/");
  private static final List<String> TARGETS =
      List.of("a.txt", "dir", "../outside", "missing", ".", "dir/c.txt", "link");
  private static final List<String> ATTRIBUTES =
      List.of(
          "* text=auto\n",
          "*.txt text eol=crlf\n",
          "*.txt eol=lf\n",
          "* -text\n",
          "*.txt merge=union\n",
          "*.bin binary\n",
          "*.txt -diff -merge\n");
  private static final int LINES = 9;

  private final Path top;
  private final Random chance;

  TreeEdits(Path top, Random chance) {
    this.top = top;
    this.chance = chance;
  }

  /** Lines that differ from file to file and from line to line. */
  static String text(String name) {
    return IntStream.rangeClosed(1, LINES)
        .mapToObj(i -> "line " + i + " of " + name + "\n")
        .collect(Collectors.joining());
  }

  // --- files come and go ---

  void add() throws IOException {
    addText(pick(PLAIN_NAMES), "\n");
  }

  void addOdd() throws IOException {
    addText(pick(ODD_NAMES), "\n");
  }

  void addCrlf() throws IOException {
    addText("win" + chance.nextInt(2) + ".txt", "\r\n");
  }

  private void addText(String name, String end) throws IOException {
    Path file = top.resolve(pick(FOLDERS) + name);
    if (isFree(file)) {
      Files.createDirectories(parent(file));
      Files.writeString(file, (text(name) + "new " + chance.nextInt(2) + "\n").replace("\n", end));
    }
  }

  void addBinary() throws IOException {
    var bytes = new byte[200];
    chance.nextBytes(bytes);
    bytes[0] = 0;
    Path file = top.resolve(pick(FOLDERS) + "pic" + chance.nextInt(2) + ".bin");
    if (isFree(file)) {
      Files.createDirectories(parent(file));
      Files.write(file, bytes);
    }
  }

  void addLink() throws IOException {
    Path file = top.resolve(pick(FOLDERS) + "link" + chance.nextInt(2));
    if (isFree(file)) {
      Files.createDirectories(parent(file));
      Files.createSymbolicLink(file, Path.of(pick(TARGETS)));
    }
  }

  void delete() throws IOException {
    Optional<Path> file = file(_ -> true);
    if (file.isPresent()) {
      Files.delete(file.get());
    }
  }

  void rename() throws IOException {
    Optional<Path> file = file(_ -> true);
    Path to = top.resolve(pick(FOLDERS) + "moved" + chance.nextInt(3));
    if (file.isPresent() && isFree(to) && !to.startsWith(file.get())) {
      Files.createDirectories(parent(to));
      Files.move(file.get(), to);
      if (chance.nextBoolean() && isText(to)) {
        changeLine(to);
      }
    }
  }

  void renameFolder() throws IOException {
    Optional<Path> folder = folder();
    Path to = top.resolve("folder" + chance.nextInt(2));
    if (folder.isPresent() && isFree(to)) {
      Files.move(folder.get(), to);
    }
  }

  // --- files change ---

  void change() throws IOException {
    Optional<Path> file = file(TreeEdits::isText);
    if (file.isPresent()) {
      changeLine(file.get());
    }
  }

  private void changeLine(Path file) throws IOException {
    List<String> lines = lines(file);
    int line = chance.nextInt(lines.size());
    String end = lines.get(line).endsWith("\r\n") ? "\r\n" : "\n";
    switch (chance.nextInt(3)) {
      case 0 -> lines.set(line, "changed " + chance.nextInt(100) + end);
      case 1 -> lines.add(line, "inserted " + chance.nextInt(100) + end);
      default -> lines.remove(line);
    }
    Files.writeString(file, String.join("", lines));
  }

  void append() throws IOException {
    Optional<Path> file = file(TreeEdits::isText);
    if (file.isPresent()) {
      Files.writeString(file.get(), Files.readString(file.get()) + "more " + chance.nextInt(100));
    }
  }

  void changeBinary() throws IOException {
    Optional<Path> file = file(each -> isFile(each) && !isText(each));
    if (file.isPresent()) {
      byte[] bytes = Files.readAllBytes(file.get());
      byte[] more = Arrays.copyOf(bytes, bytes.length + 1);
      more[bytes.length] = (byte) chance.nextInt(100);
      Files.write(file.get(), more);
    }
  }

  void changeLineEnds() throws IOException {
    Optional<Path> file = file(TreeEdits::isText);
    if (file.isPresent()) {
      String text = Files.readString(file.get());
      String plain = text.replace("\r\n", "\n");
      Files.writeString(file.get(), plain.equals(text) ? text.replace("\n", "\r\n") : plain);
    }
  }

  void changeMode() throws IOException {
    Optional<Path> file = file(TreeEdits::isFile);
    if (file.isPresent()) {
      var mode = Files.getPosixFilePermissions(file.get());
      if (!mode.remove(PosixFilePermission.OWNER_EXECUTE)) {
        mode.add(PosixFilePermission.OWNER_EXECUTE);
      }
      Files.setPosixFilePermissions(file.get(), mode);
    }
  }

  // --- files become something else ---

  void fileToFolder() throws IOException {
    Optional<Path> file = file(TreeEdits::isFile);
    if (file.isPresent()) {
      byte[] bytes = Files.readAllBytes(file.get());
      Files.delete(file.get());
      Files.createDirectories(file.get());
      Files.write(file.get().resolve("inner.txt"), chance.nextBoolean() ? bytes : new byte[0]);
    }
  }

  void folderToFile() throws IOException {
    Optional<Path> folder = folder();
    if (folder.isPresent()) {
      Folders.delete(folder.get());
      Files.writeString(folder.get(), "was a folder\n");
    }
  }

  void folderToLink() throws IOException {
    Optional<Path> folder = folder();
    Path to = top.resolve("folder" + chance.nextInt(2));
    if (folder.isPresent() && isFree(to)) {
      Files.move(folder.get(), to);
      Files.createSymbolicLink(folder.get(), parent(folder.get()).relativize(to));
    }
  }

  void fileToLink() throws IOException {
    Optional<Path> file = file(TreeEdits::isFile);
    if (file.isPresent()) {
      Files.delete(file.get());
      Files.createSymbolicLink(file.get(), Path.of(pick(TARGETS)));
    }
  }

  /** With the names of what the link leads to. */
  void linkToFolder() throws IOException {
    Optional<Path> link = file(each -> Files.isSymbolicLink(each) && Files.isDirectory(each));
    if (link.isPresent()) {
      Files.delete(link.get());
      Files.createDirectories(link.get());
      for (String name : List.of("c.txt", "other.txt")) {
        Files.writeString(link.get().resolve(name), "no link any more " + chance.nextInt(2) + "\n");
      }
    }
  }

  void linkToFile() throws IOException {
    Optional<Path> link = file(Files::isSymbolicLink);
    if (link.isPresent()) {
      Files.delete(link.get());
      Files.writeString(link.get(), text("link"));
    }
  }

  // --- what git is told ---

  void attributes() throws IOException {
    Path file = top.resolve(pick(List.of("", "", "dir/")) + ".gitattributes");
    if (Files.isDirectory(parent(file), LinkOption.NOFOLLOW_LINKS)) {
      Files.writeString(file, pick(ATTRIBUTES) + pick(ATTRIBUTES));
    }
  }

  void ignore() throws IOException {
    Files.writeString(
        top.resolve(".gitignore"), pick(List.of("", "*.log\n", "n1.txt\n*.log\n", "build/\n")));
  }

  void addIgnored() throws IOException {
    for (String name : List.of("x.log", "build/out")) {
      Path file = top.resolve(name);
      if (isFree(file)) {
        Files.createDirectories(parent(file));
        Files.writeString(file, "ignored " + chance.nextInt(100) + "\n");
      }
    }
  }

  // --- what there is ---

  private <T> T pick(List<T> all) {
    return all.get(chance.nextInt(all.size()));
  }

  private static Path parent(Path file) {
    return Objects.requireNonNull(file.getParent(), "a file of a tree is in a folder");
  }

  private static boolean isFile(Path file) {
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
  }

  private static boolean isText(Path file) {
    try {
      String text = isFile(file) ? Files.readString(file, StandardCharsets.ISO_8859_1) : "";
      return text.indexOf('\0') < 0 && text.indexOf('\n') >= 0;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static List<String> lines(Path file) throws IOException {
    return new ArrayList<>(List.of(Files.readString(file).split("(?<=\n)")));
  }

  /** Whether nothing stands there, and only folders above. */
  private boolean isFree(Path file) {
    for (Path above = parent(file); !above.equals(top); above = parent(above)) {
      if (Files.exists(above, LinkOption.NOFOLLOW_LINKS)
          && !Files.isDirectory(above, LinkOption.NOFOLLOW_LINKS)) {
        return false;
      }
    }
    return !Files.exists(file, LinkOption.NOFOLLOW_LINKS);
  }

  private Optional<Path> file(Predicate<Path> isWanted) throws IOException {
    var files = new ArrayList<Path>();
    Files.walkFileTree(
        top,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return !folder.equals(top) && isForeign(folder)
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (!file.getFileName().toString().startsWith(".git")) {
              files.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    List<Path> wanted = files.stream().filter(isWanted).sorted().toList();
    return wanted.isEmpty() ? Optional.empty() : Optional.of(pick(wanted));
  }

  private static boolean isForeign(Path folder) {
    return folder.endsWith(".git")
        || Files.exists(folder.resolve(".git"))
        || Files.exists(folder.resolve("sub/.git"));
  }

  private Optional<Path> folder() {
    List<Path> folders =
        FOLDERS.stream()
            .filter(name -> !name.isEmpty())
            .map(top::resolve)
            .filter(each -> Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS))
            .filter(each -> !parent(each).equals(top) ? isPlain(parent(each)) : true)
            .toList();
    return folders.isEmpty() ? Optional.empty() : Optional.of(pick(folders));
  }

  private static boolean isPlain(Path folder) {
    return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS);
  }
}

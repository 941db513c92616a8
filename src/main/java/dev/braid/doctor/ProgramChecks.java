package dev.braid.doctor;

import dev.braid.config.ConfigReader;
import dev.braid.config.Places;
import dev.braid.run.DiskUse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The program itself, its settings and its folders. */
final class ProgramChecks {
  private static final long TOO_LOW_BYTES = 100L << 20;
  private static final long FEW_WATCHES = 8_192;
  private static final Path MAX_WATCHES = Path.of("/proc/sys/fs/inotify/max_user_watches");

  private ProgramChecks() {}

  static List<Check> of(Patient patient) throws IOException {
    var checks = new ArrayList<Check>();
    checks.add(
        Check.good(
            "program",
            "version %s, Java %s, %s"
                .formatted(patient.version(), Runtime.version().feature(), patient.program())));
    checks.add(path(patient));
    checks.add(configuration(patient));
    checks.add(folders(patient));
    checks.add(disk(patient));
    if (Files.isReadable(MAX_WATCHES)) {
      checks.add(watches());
    }
    return checks;
  }

  private static Check path(Patient patient) {
    Path wanted = patient.layout().program();
    boolean isThere =
        Stream.of(patient.environment().getOrDefault("PATH", "").split(":", -1))
            .anyMatch(folder -> folder.equals(String.valueOf(wanted.getParent())));
    if (!Files.isExecutable(wanted)) {
      return Check.note("path", wanted + " is not there", "braid install");
    }
    return isThere
        ? Check.good("path", wanted + " is found")
        : Check.note(
            "path",
            wanted.getParent() + " is not on the PATH",
            "add to the profile of your shell: export PATH=\"" + wanted.getParent() + ":$PATH\"");
  }

  private static Check configuration(Patient patient) {
    return switch (patient.configuration()) {
      case ConfigReader.Faulty(Path file, List<String> faults) ->
          Check.bad("config", file + ": " + String.join("; ", faults), "mend the file");
      case ConfigReader.Loaded loaded ->
          Check.good("config", "good, mode " + loaded.settings().mode().wireName());
    };
  }

  private static Check folders(Patient patient) throws IOException {
    Places places = patient.layout().places();
    Path existing = places.root();
    while (!Files.exists(existing) && existing.getParent() != null) {
      existing = existing.getParent();
    }
    if (!Files.isWritable(existing)) {
      return Check.bad("folders", existing + " cannot be written", "chmod u+w " + existing);
    }
    for (Path secret : List.of(places.runtimeFolder(), places.hookTokenFile())) {
      if (Files.exists(secret)) {
        String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(secret));
        if (!mode.endsWith("------")) {
          return Check.bad(
              "folders", secret + " is open to others (" + mode + ")", "chmod go= " + secret);
        }
      }
    }
    return Check.good("folders", places.memory() + " is writable, secrets are private");
  }

  private static Check disk(Patient patient) throws IOException {
    long free = DiskUse.freeBytes(patient.layout().places().root());
    String found = "%.1f GB free".formatted(free / 1e9);
    if (free < TOO_LOW_BYTES) {
      return Check.bad("disk", found, "make room; braid gc removes old runs");
    }
    return free < DiskUse.LOW_BYTES
        ? Check.note("disk", found, "braid gc removes old runs")
        : Check.good("disk", found);
  }

  private static Check watches() throws IOException {
    long most = Long.parseLong(Files.readString(MAX_WATCHES).strip());
    String found = "the system allows " + most;
    return most < FEW_WATCHES
        ? Check.note("watches", found, "raise fs.inotify.max_user_watches")
        : Check.good("watches", found);
  }
}

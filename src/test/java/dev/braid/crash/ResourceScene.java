package dev.braid.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.cli.BraidProcess;
import dev.braid.cli.TempRoot;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** A command moves a temporary skill; the next command finishes that. */
final class ResourceScene extends Scene {
  private static final String SKILL = "crash-notes";

  /** What is done with a skill, with where it is before and after. */
  private static final Map<String, List<String>> MOVES =
      Map.of(
          "create", List.of("nowhere", "temporary"),
          "delete", List.of("temporary", "deleted"),
          "restore", List.of("deleted", "temporary"),
          "promote", List.of("temporary", "permanent"));

  private final TempRoot root = new TempRoot();
  private final String move;

  ResourceScene(SplittableRandom random, @Nullable Fault fault) {
    super(random);
    this.move =
        switch (fault == null ? "" : fault.point()) {
          case "resource.unlinked", "file.renamed" -> "delete";
          case "resource.moved" -> List.of("delete", "restore", "promote").get(random.nextInt(3));
          case "resource.link" -> "create";
          default -> List.copyOf(MOVES.keySet()).stream().sorted().toList().get(random.nextInt(4));
        };
  }

  @Override
  TempRoot root() {
    return root;
  }

  private String[] command(String what) {
    return what.equals("create")
        ? new String[] {"skill", what, SKILL, "--description", "Notes of a crash"}
        : new String[] {"skill", what, SKILL};
  }

  @Override
  void prepare() {
    if (!move.equals("create")) {
      root.run(command("create")).expectExit(0);
    }
    if (move.equals("restore")) {
      root.run(command("delete")).expectExit(0);
    }
  }

  @Override
  void begin(@Nullable Fault fault) {
    startEngine(fault, command(move));
  }

  @Override
  BraidProcess startNext(@Nullable Fault fault) {
    return startEngine(fault, "cleanup");
  }

  @Override
  boolean isTakenUp(BraidProcess next) {
    return !next.isAlive();
  }

  @Override
  void finish() {
    expectOrdinary(engine().await(), 0);
  }

  @Override
  void check() throws Exception {
    var registry = new RegistryCheck(root.path());
    registry.all();
    assertThat(registry.place(SKILL)).as("after %s", move).isIn(MOVES.get(move));
  }
}

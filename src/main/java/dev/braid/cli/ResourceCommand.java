package dev.braid.cli;

import dev.braid.resource.Answer;
import dev.braid.resource.CleanUp;
import dev.braid.resource.Named;
import dev.braid.resource.Resource;
import dev.braid.resource.ResourceKind;
import dev.braid.resource.Resources;
import dev.braid.resource.Wanted;
import dev.braid.run.ResourcesInUse;
import dev.braid.run.RunStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code braid skill} and {@code braid agent}: what can be done to temporary ones by hand. */
@Command
final class ResourceCommand implements Runnable {
  private static final String NAME = "NAME";

  private final Invocation invocation;
  private final ResourceKind kind;
  private final Resources resources;
  private CommandSpec spec = CommandSpec.create();

  ResourceCommand(Invocation invocation, ResourceKind kind) {
    this.invocation = invocation;
    this.kind = kind;
    this.resources = open(invocation);
  }

  static Object skills(Invocation invocation) {
    return new ResourceCommand(invocation, ResourceKind.SKILL);
  }

  static Object agents(Invocation invocation) {
    return new ResourceCommand(invocation, ResourceKind.AGENT);
  }

  static Resources open(Invocation invocation) {
    return new Resources(invocation.places(), invocation.clock(), invocation::warn);
  }

  /** Why each one would be kept or deleted now. */
  static CleanUp cleanUp(Invocation invocation, Resources resources) {
    int days = Planning.settings(invocation, null).tempResourceRetentionDays();
    var inUse = new ResourcesInUse(new RunStore(invocation.places()));
    return new CleanUp(resources, days, inUse);
  }

  @Spec
  void describe(CommandSpec given) {
    spec = given;
    spec.usageMessage()
        .description("Makes, lists, keeps and deletes temporary " + kind.wireName() + "s.");
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "name what to do");
  }

  @Command(name = "create", description = "Makes one; Claude Code sees it at once.")
  int create(
      @Parameters(paramLabel = NAME, description = "a-z, 0-9 and -, at most 64.") String name,
      @Option(
              names = "--description",
              paramLabel = "TEXT",
              required = true,
              description = "What it is for; the model goes by it.")
          String description,
      @Option(
              names = "--capability",
              paramLabel = "TEXT",
              description = "What a skill can do; repeatable.")
          @Nullable List<String> capabilities,
      @Option(
              names = "--tool",
              paramLabel = "TOOL",
              description = "A tool that an agent may use, all when none is named; repeatable.")
          @Nullable List<String> tools)
      throws IOException {
    var wanted =
        new Wanted(
            kind,
            name,
            description,
            details(capabilities, tools),
            invocation.cwd(),
            "braid " + kind.wireName() + " create");
    done(resources.create(wanted), "made " + resources.file(named(name)));
    return ExitCode.GOOD;
  }

  private List<String> details(@Nullable List<String> capabilities, @Nullable List<String> tools) {
    boolean isSkill = kind == ResourceKind.SKILL;
    if ((isSkill ? tools : capabilities) != null) {
      throw new ParameterException(
          spec.commandLine(), isSkill ? "a skill has no tools" : "an agent has no capabilities");
    }
    List<String> details = isSkill ? capabilities : tools;
    return details == null ? List.of() : details;
  }

  @Command(name = "list", description = "Lists them, with what would become of each.")
  int list(@Option(names = "--json", description = "Print the list as JSON.") boolean json)
      throws IOException {
    var shown = new ArrayList<ResourceText.Shown>();
    for (CleanUp.Decided decided : cleanUp(invocation, resources).decide()) {
      if (decided.resource().kind() == kind) {
        shown.add(shown(decided));
      }
    }
    if (json) {
      invocation.out().print(ResourceText.json(shown));
    } else if (shown.isEmpty()) {
      invocation.out().println("no temporary " + kind.wireName() + "s");
    } else {
      ResourceText.table(shown, invocation.clock().instant()).forEach(invocation.out()::println);
    }
    return ExitCode.GOOD;
  }

  private ResourceText.Shown shown(CleanUp.Decided decided) throws IOException {
    Resource resource = decided.resource();
    return new ResourceText.Shown(
        resource,
        resources.file(decided.named()),
        resources.text(decided.named()).isPresent(),
        resources.isEdited(resource),
        decided.what());
  }

  @Command(name = "show", description = "Shows one, with its text.")
  int show(
      @Parameters(paramLabel = NAME) String name,
      @Option(names = "--json", description = "Print it as JSON.") boolean json)
      throws IOException {
    Optional<CleanUp.Decided> decided =
        cleanUp(invocation, resources).decide().stream()
            .filter(each -> each.named().equals(named(name)))
            .findFirst();
    if (decided.isEmpty()) {
      throw new Failed(
          ExitCode.BAD_INPUT,
          "there is no temporary "
              + named(name).inWords()
              + "; see braid "
              + kind.wireName()
              + " list");
    }
    ResourceText.Shown shown = shown(decided.get());
    String text = resources.text(named(name)).orElse("");
    if (json) {
      invocation.out().print(ResourceText.json(shown, text));
    } else {
      ResourceText.lines(shown).forEach(invocation.out()::println);
      invocation.out().println();
      text.lines().map(Printable::line).forEach(invocation.out()::println);
    }
    return ExitCode.GOOD;
  }

  @Command(name = "keep", description = "Marks one as useful: clean-up keeps it.")
  int keep(@Parameters(paramLabel = NAME) String name) throws IOException {
    done(resources.mark(named(name), true), "kept");
    return ExitCode.GOOD;
  }

  @Command(name = "unkeep", description = "Takes that mark away.")
  int unkeep(@Parameters(paramLabel = NAME) String name) throws IOException {
    done(resources.mark(named(name), false), "kept only as long as it is used");
    return ExitCode.GOOD;
  }

  @Command(name = "delete", description = "Moves one to the trash.")
  int delete(@Parameters(paramLabel = NAME) String name) throws IOException {
    var inUse = new ResourcesInUse(new RunStore(invocation.places()));
    done(
        resources.delete(named(name), "Deleted by the user", inUse),
        "deleted; braid " + kind.wireName() + " restore " + name + " brings it back");
    return ExitCode.GOOD;
  }

  @Command(name = "restore", description = "Brings one back from the trash, as it was.")
  int restore(@Parameters(paramLabel = NAME) String name) throws IOException {
    done(resources.restore(named(name)), "restored");
    return ExitCode.GOOD;
  }

  @Command(name = "promote", description = "Makes one permanent: Braid leaves it alone then.")
  int promote(@Parameters(paramLabel = NAME) String name) throws IOException {
    done(resources.promote(named(name)), "permanent now: " + resources.promoted(named(name)));
    return ExitCode.GOOD;
  }

  private Named named(String name) {
    if (name.contains("/") || name.contains("\0")) {
      throw new Failed(
          ExitCode.BAD_INPUT, Printable.line(name) + " is no name of a " + kind.wireName());
    }
    return new Named(kind, name);
  }

  private void done(Answer answer, String what) {
    switch (answer) {
      case Answer.Done(Resource resource) ->
          invocation.out().println(kind.wireName() + " " + resource.name() + ": " + what);
      case Answer.Refused(String why) -> throw new Failed(ExitCode.BAD_INPUT, why);
    }
  }
}

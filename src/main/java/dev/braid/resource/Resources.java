package dev.braid.resource;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.claude.AgentFiles;
import dev.braid.claude.Described;
import dev.braid.claude.SkillFiles;
import dev.braid.config.Places;
import dev.braid.store.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The temporary skills and agents of one root: what can be done to each. Daemon and commands may
 * use it at the same time, and any thread. Every change stands on disk when it returns.
 */
public final class Resources {
  /** Runs that a row remembers. */
  private static final int MAX_RUNS = 50;

  /** Uses of one run that a row remembers, so that none is counted twice. */
  private static final int MAX_USES = 1_000;

  /** A tool, or one with a rule such as {@code Bash(git diff *)}. */
  private static final Pattern TOOL =
      Pattern.compile("[A-Za-z][A-Za-z0-9_-]*(\\([A-Za-z0-9_ ./*~:@=-]*\\))?");

  private final Places places;
  private final Registry registry;

  /**
   * @param warn takes lines for a person, such as of a damaged registry
   */
  public Resources(Places places, InstantSource clock, Consumer<String> warn) {
    this.places = places;
    this.registry = new Registry(places, clock, warn);
  }

  Registry registry() {
    return registry;
  }

  Places places() {
    return places;
  }

  /** All of them, skills first. */
  public List<Resource> all() throws IOException {
    RegistryFile content = registry.read();
    return Stream.of(ResourceKind.values()).flatMap(kind -> content.all(kind).stream()).toList();
  }

  /** What was deleted and can be restored, the newest first. */
  public List<Deletion> deleted() throws IOException {
    return registry.trash().all().stream()
        .map(each ->
            new Deletion(each.resource().kind(), each.resource().name(), each.at(), each.reason()))
        .toList();
  }

  public Optional<Resource> find(Named named) throws IOException {
    return registry.read().find(named.kind(), named.name());
  }

  /** The file of one; it may not be there. */
  public Path file(Named named) {
    return registry.files().file(named.kind(), named.name());
  }

  /** The text of its file; empty when that is gone. */
  public Optional<String> text(Named named) throws IOException {
    return registry.files().read(named.kind(), named.name());
  }

  /** Whether somebody changed its file after it was made. */
  public boolean isEdited(Resource resource) throws IOException {
    return !resource.checksum().isEmpty()
        && text(new Named(resource.kind(), resource.name()))
            .filter(text -> !Template.checksum(text).equals(resource.checksum()))
            .isPresent();
  }

  /** What Claude Code has by that name in a folder, temporary or not. */
  public Optional<Described> existing(Named named, Path cwd) throws IOException {
    return switch (named.kind()) {
      case SKILL -> new SkillFiles(places.root()).find(named.name(), cwd);
      case AGENT -> new AgentFiles(places.root()).find(named.name(), cwd);
    };
  }

  /** Finishes what was interrupted. */
  public void recover() throws IOException {
    registry.change(_ -> true);
  }

  /** Makes a new one. What has the name already is never touched. */
  public Answer create(Wanted wanted) throws IOException {
    Optional<String> problem = problem(wanted);
    if (problem.isPresent()) {
      return new Answer.Refused(problem.get());
    }
    Template template = Template.of(wanted.kind(), places);
    return registry.change(session -> create(wanted, template, session));
  }

  private Answer create(Wanted wanted, Template template, Registry.Session session)
      throws IOException {
    Named named = wanted.named();
    Optional<Resource> known = session.content().find(named.kind(), named.name());
    if (known.isPresent() && text(named).isPresent()) {
      return new Answer.Refused("there is a temporary " + named.inWords() + " already");
    }
    Optional<Path> inTheWay = inTheWay(wanted);
    if (inTheWay.isPresent()) {
      return new Answer.Refused(
          "there is a " + named.inWords() + " already: " + inTheWay.get() + "; it is left alone");
    }
    Resource plain =
        NewRow.of(
            wanted.kind(),
            wanted.name(),
            wanted.description(),
            wanted.details(),
            wanted.by(),
            registry.now());
    if (known.isPresent()) {
      // Its file is gone, its past is not.
      ObjectNode row = known.get().row().deepCopy();
      row.put("description", wanted.description());
      row.set(wanted.kind().details(), plain.row().get(wanted.kind().details()));
      plain = new Resource(wanted.kind(), row);
      session.content().remove(wanted.kind(), wanted.name());
    }
    String text = template.render(plain);
    Resource made = NewRow.rendered(plain, template.version(), text);
    session.perform(new Move.Create(made, text));
    return new Answer.Done(made);
  }

  private static Optional<String> problem(Wanted wanted) {
    Optional<String> name = ResourceName.problem(wanted.name());
    if (name.isPresent()) {
      return name;
    }
    if (wanted.description().isEmpty()) {
      return Optional.of(
          "the " + wanted.named().inWords() + " needs a description: Claude Code goes by it");
    }
    return wanted.kind() == ResourceKind.AGENT
        ? wanted.details().stream()
            .filter(tool -> !TOOL.matcher(tool).matches())
            .findFirst()
            .map(tool -> tool + " is no name of a tool")
        : Optional.empty();
  }

  private Optional<Path> inTheWay(Wanted wanted) throws IOException {
    ResourceFiles files = registry.files();
    if (wanted.kind() == ResourceKind.SKILL
        && files.hasLink(wanted.name())
        && !files.exists(wanted.kind(), wanted.name())) {
      return Optional.empty(); // a link of ours to what is gone
    }
    Optional<Path> known =
        switch (wanted.kind()) {
          case SKILL -> new SkillFiles(places.root()).inTheWay(wanted.name(), wanted.cwd());
          case AGENT ->
              new AgentFiles(places.root()).find(wanted.name(), wanted.cwd()).map(Described::file);
        };
    Named named = wanted.named();
    return known.or(() ->
        files.exists(named.kind(), named.name())
            ? Optional.of(files.content(named.kind(), named.name()))
            : Optional.empty());
  }

  /** Marks one as useful, or not: what is marked stays. */
  public Answer mark(Named named, boolean isUseful) throws IOException {
    return registry.change(session -> {
      Optional<Resource> found = session.content().find(named.kind(), named.name());
      if (found.isEmpty()) {
        return notThere(named);
      }
      found.get().row().put("user_marked_useful", isUseful);
      session.save();
      return new Answer.Done(found.get());
    });
  }

  /** Moves one, files and row, to the trash. */
  public Answer delete(Named named, String reason, InUse inUse) throws IOException {
    return registry.change(session -> {
      Optional<Resource> found = session.content().find(named.kind(), named.name());
      if (found.isEmpty()) {
        return notThere(named);
      }
      if (inUse.now().contains(named)) {
        return new Answer.Refused(
            "a task that is not done needs the "
                + named.inWords()
                + ": wait for its run, or cancel it");
      }
      delete(found.get(), reason, session);
      return new Answer.Done(found.get());
    });
  }

  void delete(Resource resource, String reason, Registry.Session session) throws IOException {
    String id = registry.trash().newId(resource, registry.now());
    session.perform(new Move.Delete(new Trash.Deleted(id, resource, registry.now(), reason)));
  }

  /** Brings the last one that was deleted by that name back, as it was. */
  public Answer restore(Named named) throws IOException {
    return registry.change(session -> {
      Optional<Trash.Deleted> deleted = registry.trash().newest(named.kind(), named.name());
      if (deleted.isEmpty()) {
        return new Answer.Refused("the trash has no " + named.inWords());
      }
      Resource resource = deleted.get().resource();
      if (session.content().find(named.kind(), named.name()).isPresent()) {
        return new Answer.Refused(
            "there is a " + named.inWords() + " again already: delete it first");
      }
      var wanted = new Wanted(named.kind(), named.name(), "-", List.of(), places.root(), "restore");
      Optional<Path> inTheWay = inTheWay(wanted);
      if (inTheWay.isPresent()) {
        return new Answer.Refused(
            "there is a " + named.inWords() + " now: " + inTheWay.get() + "; it is left alone");
      }
      session.perform(new Move.Restore(resource, deleted.get().id()));
      return new Answer.Done(resource);
    });
  }

  /** Makes one permanent: it is the user's own from now on. */
  public Answer promote(Named named) throws IOException {
    return registry.change(session -> {
      Optional<Resource> found = session.content().find(named.kind(), named.name());
      if (found.isEmpty()) {
        return notThere(named);
      }
      if (text(named).isEmpty()) {
        return new Answer.Refused("the file of the " + named.inWords() + " is gone");
      }
      Path target = promoted(named);
      boolean isFree =
          !Files.exists(target, LinkOption.NOFOLLOW_LINKS)
              || (named.kind() == ResourceKind.SKILL && registry.files().hasLink(named.name()));
      if (!isFree) {
        return new Answer.Refused(target + " is there already; it is left alone");
      }
      session.perform(new Move.Promote(found.get()));
      return new Answer.Done(found.get());
    });
  }

  /** Where a permanent one stands. */
  public Path promoted(Named named) {
    return registry.files().promoted(named.kind(), named.name());
  }

  private static Answer notThere(Named named) {
    return new Answer.Refused(
        "there is no temporary "
            + named.inWords()
            + "; see braid "
            + named.kind().wireName()
            + " list");
  }

  /** Counts uses, each once; those of what is not temporary are none. */
  public void count(List<Use> uses) throws IOException {
    RegistryFile now = registry.read();
    List<Use> relevant =
        uses.stream().filter(use -> now.find(use.kind(), use.name()).isPresent()).toList();
    if (relevant.isEmpty()) {
      return;
    }
    registry.change(session -> {
      boolean isChanged = false;
      for (Use use : relevant) {
        Optional<Resource> found = session.content().find(use.kind(), use.name());
        isChanged |= found.isPresent() && count(use, found.get().row());
      }
      if (isChanged) {
        session.save();
      }
      return isChanged;
    });
  }

  private boolean count(Use use, ObjectNode row) {
    if (use.run() != null && !remember(use, use.run(), row)) {
      return false;
    }
    row.put("usage_count", row.path("usage_count").asLong() + 1);
    row.put("last_used", registry.now().toString());
    return true;
  }

  /** False when it was counted already. */
  private static boolean remember(Use use, String run, ObjectNode row) {
    ArrayNode runs = row.path("runs") instanceof ArrayNode known ? known : row.putArray("runs");
    ArrayNode uses = null;
    for (var each : runs) {
      if (each.path("run_id").asText().equals(run)
          && each.path("uses") instanceof ArrayNode known) {
        uses = known;
      }
    }
    if (uses == null) {
      uses = runs.add(Json.object().put("run_id", run)).get(runs.size() - 1).withArray("uses");
    }
    for (var each : uses) {
      if (each.asText().equals(use.key())) {
        return false;
      }
    }
    uses.add(use.key());
    drop(uses, MAX_USES);
    drop(runs, MAX_RUNS);
    return true;
  }

  private static void drop(ArrayNode array, int most) {
    while (array.size() > most) {
      array.remove(0);
    }
  }
}

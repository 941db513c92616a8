package dev.braid.resource;

import dev.braid.claude.AgentFiles;
import dev.braid.claude.Described;
import dev.braid.claude.SkillFiles;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Says which temporary skills and agents are worth keeping, and deletes the others.
 *
 * @param retentionDays what is not used for so long goes, and is forgotten for good after as many
 *     days more in the trash
 * @param inUse is never deleted
 */
public record CleanUp(Resources resources, int retentionDays, InUse inUse) {
  /** From here on two descriptions say the same. */
  static final double REDUNDANT = 0.85;

  /** What was decided of one. */
  public record Decided(Resource resource, KeepOrDelete what) {
    public Named named() {
      return new Named(resource.kind(), resource.name());
    }
  }

  /** What would be done now. */
  public List<Decided> decide() throws IOException {
    return decide(resources.all());
  }

  private List<Decided> decide(List<Resource> all) throws IOException {
    Set<Named> used = inUse.now();
    List<Described> skills = new SkillFiles(resources.places().root()).own();
    List<Described> agents =
        new AgentFiles(resources.places().root()).own(resources.places().temporaryAgents());
    var decided = new ArrayList<Decided>();
    for (Resource resource : all) {
      List<Described> existing = resource.kind() == ResourceKind.SKILL ? skills : agents;
      KeepOrDelete what =
          KeepOrDelete.of(
              resource,
              resources.registry().now(),
              retentionDays,
              () -> isRedundant(resource, existing));
      if (!what.isKept() && used.contains(new Named(resource.kind(), resource.name()))) {
        what = new KeepOrDelete(true, "A task that is not done needs it");
      }
      decided.add(new Decided(resource, what));
    }
    return decided;
  }

  private static boolean isRedundant(Resource resource, List<Described> existing) {
    String text =
        resource.name()
            + " "
            + resource.description()
            + " "
            + (resource.kind() == ResourceKind.SKILL ? String.join(" ", resource.details()) : "");
    return existing.stream()
        .anyMatch(
            each -> Similarity.cosine(text, each.name() + " " + each.description()) >= REDUNDANT);
  }

  /** Decides and does it; the registry says why of each. */
  public List<Decided> run() throws IOException {
    boolean isNothingThere =
        resources.all().isEmpty() && resources.registry().trash().all().isEmpty();
    if (isNothingThere && !resources.registry().isInterrupted()) {
      return List.of();
    }
    return resources
        .registry()
        .change(session -> {
          var all = new ArrayList<Resource>();
          for (ResourceKind kind : ResourceKind.values()) {
            all.addAll(session.content().all(kind));
          }
          List<Decided> decided = decide(all);
          for (Decided each : decided) {
            if (each.what().isKept()) {
              each.resource().row().put("keep_reason", each.what().reason());
            }
          }
          session.save();
          for (Decided each : decided) {
            if (!each.what().isKept()) {
              resources.delete(each.resource(), each.what().reason(), session);
            }
          }
          Duration kept = Duration.ofDays(retentionDays);
          resources.registry().trash().purge(resources.registry().now().minus(kept));
          return decided;
        });
  }

  /**
   * Makes the files anew whose template changed and which nobody edited.
   *
   * @return those whose template changed and which somebody edited: they are left
   */
  public List<Resource> renew() throws IOException {
    var edited = new ArrayList<Resource>();
    for (Resource resource : resources.all()) {
      Template template = Template.of(resource.kind(), resources.places());
      boolean isOld =
          !resource.template().isEmpty() && !resource.template().equals(template.version());
      if (isOld && resources.isEdited(resource)) {
        edited.add(resource);
      } else if (isOld && !inUse.now().contains(new Named(resource.kind(), resource.name()))) {
        renew(resource, template);
      }
    }
    return edited;
  }

  private void renew(Resource old, Template template) throws IOException {
    String text = template.render(old);
    resources
        .registry()
        .change(session -> {
          Optional<Resource> now = session.content().find(old.kind(), old.name());
          if (now.isPresent() && !resources.isEdited(now.get())) {
            session.perform(
                new Move.Renew(NewRow.rendered(now.get(), template.version(), text), text));
          }
          return true;
        });
  }
}

package dev.braid.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.braid.resource.CleanUp;
import dev.braid.resource.Resource;
import dev.braid.store.Json;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code braid cleanup}: deletes temporary skills and agents that are of no use any more. */
@Command(
    name = "cleanup",
    description = "Moves temporary skills and agents that nobody needs to the trash.")
final class CleanupCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Option(names = "--dry-run", description = "Only say what would go.")
  private boolean dryRun;

  @Option(names = "--json", description = "Print what was decided as JSON.")
  private boolean json;

  CleanupCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws IOException {
    var resources = ResourceCommand.open(invocation);
    CleanUp cleanUp = ResourceCommand.cleanUp(invocation, resources);
    if (!dryRun) {
      for (Resource edited : cleanUp.renew()) {
        invocation.warn(
            "the template of "
                + edited.kind().wireName()
                + " "
                + edited.name()
                + " changed, but it was edited by hand; it is left as it is");
      }
    }
    List<CleanUp.Decided> all = dryRun ? cleanUp.decide() : cleanUp.run();
    if (json) {
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      for (CleanUp.Decided decided : all) {
        array
            .addObject()
            .put("name", decided.named().name())
            .put("kind", decided.named().kind().wireName())
            .put("decision", decided.what().decision())
            .put("reason", decided.what().reason());
      }
      invocation.out().print(Json.pretty(array));
    } else {
      all.forEach(this::print);
      long kept = all.stream().filter(each -> each.what().isKept()).count();
      invocation
          .out()
          .printf("%s %d, %s %d%n", said("kept"), kept, said("deleted"), all.size() - kept);
    }
    return ExitCode.GOOD;
  }

  private void print(CleanUp.Decided decided) {
    String verb = said(decided.what().isKept() ? "kept" : "deleted");
    invocation
        .out()
        .printf(
            "%s %s: %s%n",
            verb, Printable.line(decided.named().inWords()), decided.what().reason());
  }

  private String said(String done) {
    return dryRun ? "would be " + done : done;
  }
}

package dev.braid.hook;

import dev.braid.claude.HookAnswer;
import dev.braid.claude.HookCaller;
import dev.braid.claude.HookEvent;
import dev.braid.run.Handover;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a session is told with its prompt: what came of its runs, and of those of sessions in its
 * folder that are gone.
 */
final class News {
  /**
   * Stands before what was meant for another session: its tasks may have the numbers of other tasks
   * here. {@code hooks/session-start} says the same.
   */
  private static final String OF_ANOTHER =
      "From an earlier session in this folder; the numbers are those of its task list:\n";

  private final Hooks.Parts parts;

  News(Hooks.Parts parts) {
    this.parts = parts;
  }

  /** Hands it over; a prompt that brings a result itself gets none besides. */
  Hooks.Reply with(HookEvent.PromptSubmitted event) throws IOException {
    HookCaller caller = event.caller();
    Handover own = parts.handover(caller.session());
    own.works();
    if (event.prompt().startsWith("<task-notification>")) {
      return Hooks.Reply.NOTHING;
    }
    parts.orphans().releaseKept(own);
    List<Handover.Taken> taken = new ArrayList<>(take(own));
    List<String> texts = new ArrayList<>(texts(taken, ""));
    try {
      for (Handover other : leftBehind(caller)) {
        List<Handover.Taken> others = take(other);
        taken.addAll(others);
        texts.addAll(texts(others, OF_ANOTHER));
      }
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      // What was taken is told all the same: nobody else would tell it.
      parts.log().error(caller.inWords() + ": the news of other sessions cannot be read: " + e);
    }
    return taken.isEmpty()
        ? Hooks.Reply.NOTHING
        : new Hooks.Reply(new HookAnswer.Told("UserPromptSubmit", String.join("\n", texts)), taken);
  }

  /** Other sessions of the folder that are gone. */
  private List<Handover> leftBehind(HookCaller caller) throws IOException {
    var left = new ArrayList<Handover>();
    for (Handover other : Handover.all(parts.store().places())) {
      if (!other.session().equals(caller.session())
          && other.cwd().equals(caller.cwd())
          && !parts.presence().isAlive(other.session())) {
        left.add(other);
      }
    }
    return left;
  }

  private static List<String> texts(List<Handover.Taken> taken, String before) {
    return taken.stream().map(each -> before + each.text()).toList();
  }

  private List<Handover.Taken> take(Handover handover) throws IOException {
    List<Handover.Taken> taken = handover.take(parts.processes());
    if (taken.isEmpty()) {
      handover.tidy();
    }
    return taken;
  }
}

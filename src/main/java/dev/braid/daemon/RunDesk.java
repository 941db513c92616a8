package dev.braid.daemon;

import dev.braid.run.RunCall;
import dev.braid.run.RunEvent;
import dev.braid.run.RunEventJson;
import dev.braid.run.RunHandle;
import dev.braid.run.RunId;
import dev.braid.run.RunListener;
import dev.braid.run.RunOwner;
import dev.braid.run.Takeover;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Takes runs over for callers at the door, and tells them how they go. */
record RunDesk(RunOwner engine) {
  /** A caller that sends no run, or no call that is understood, is refused. */
  void handle(Visit visit) throws IOException {
    Optional<RunCall> call = RunCall.read(visit.body());
    if (call.isEmpty() || !RunId.isValid(visit.path())) {
      visit.refuse(400, "no call for a run");
      return;
    }
    var follower = new Follower();
    RunListener listener = call.get().follow() ? follower : RunListener.SILENT;
    Takeover takeover = call.get().on(engine, new RunId(visit.path()), listener);
    RunEvent.Answered answer = answer(takeover);
    try (var out = visit.stream()) {
      out.write((RunEventJson.write(answer) + "\n").getBytes(StandardCharsets.UTF_8));
      out.flush();
      if (takeover instanceof Takeover.Taken(RunHandle run) && call.get().follow()) {
        var _ = run.finished().whenComplete((_, failure) -> follower.tell(end(failure)));
        follower.writeTo(out);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static RunEvent end(@Nullable Throwable failure) {
    if (failure == null) {
      return new RunEvent.Over();
    }
    Throwable cause =
        failure instanceof CompletionException wrapped && wrapped.getCause() != null
            ? wrapped.getCause()
            : failure;
    return new RunEvent.GivenUp(String.valueOf(cause.getMessage()));
  }

  private static RunEvent.Answered answer(Takeover takeover) {
    return switch (takeover) {
      case Takeover.Taken _ -> new RunEvent.Answered("taken", "");
      case Takeover.OwnedElsewhere(String owner) -> new RunEvent.Answered("owned", owner);
      case Takeover.Finished _ -> new RunEvent.Answered("finished", "");
      case Takeover.Unusable(String problem) -> new RunEvent.Answered("unusable", problem);
    };
  }
}

package dev.braid.daemon;

import dev.braid.run.Resolve;
import dev.braid.run.RunHandle;
import dev.braid.run.RunId;
import dev.braid.run.RunListener;
import dev.braid.run.RunOwner;
import dev.braid.run.RunRequest;
import dev.braid.run.Takeover;
import java.util.Map;

/** An owner that takes no run. */
final class NoOwner implements RunOwner {
  private static final Takeover REFUSED = new Takeover.Unusable("no run is taken here");

  @Override
  public RunHandle start(RunRequest request, RunListener listener) {
    throw new UnsupportedOperationException("the door starts none");
  }

  @Override
  public Takeover takeUp(RunId id, Map<String, String> environment, RunListener listener) {
    return REFUSED;
  }

  @Override
  public Takeover retry(RunId id, Map<String, String> environment, RunListener listener) {
    return REFUSED;
  }

  @Override
  public Takeover resolve(
      RunId id, Resolve resolve, Map<String, String> environment, RunListener listener) {
    return REFUSED;
  }

  @Override
  public void close() {
    // Nothing is owned.
  }
}

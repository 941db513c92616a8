package dev.braid.run;

import dev.braid.isolate.Integration;
import dev.braid.isolate.Joined;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Says whether all finished work together is still good with that of one more task. */
interface Verification {
  /** Nothing is asked for. */
  Verification NONE = (_, _, _) -> null;

  /** What is wrong with it, in words; null for nothing. Blocks until that is known. */
  @Nullable String problemWith(Integration integration, Joined.Fits candidate, String key)
      throws IOException;
}

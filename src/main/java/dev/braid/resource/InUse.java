package dev.braid.resource;

import java.io.IOException;
import java.util.Set;

/** What running tasks use now; asked while the registry is held. */
public interface InUse {
  InUse NOTHING = Set::of;

  Set<Named> now() throws IOException;
}

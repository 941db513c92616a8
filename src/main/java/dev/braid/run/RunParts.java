package dev.braid.run;

import dev.braid.plan.TaskGraph;
import dev.braid.store.Journal;
import dev.braid.store.OwnerLock;
import dev.braid.store.RunFolder;

/** What a run is made of, for its owner. */
record RunParts(
    RunFile file,
    RunFolder folder,
    TaskGraph graph,
    Placements placements,
    Replay replay,
    OwnerLock lock,
    Journal journal,
    CallerEnvironment environment,
    RunLog listener) {}

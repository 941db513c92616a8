package dev.braid.run;

import dev.braid.process.AttemptFolder;
import dev.braid.process.Trace;
import dev.braid.result.Failure;
import dev.braid.result.Status;
import org.jspecify.annotations.Nullable;

/** Says of an attempt what became of it, from what it left behind. Called on its thread. */
interface Judge {
  /**
   * Judges an attempt whose wrapper is gone.
   *
   * @param ended why we ended it; null when it ended by itself
   * @param seconds how long it ran
   */
  Verdict of(Trace trace, AttemptFolder folder, @Nullable Reason ended, double seconds);

  /** The status that goes with a failure; null is none. */
  static Status status(@Nullable Failure failure) {
    if (failure == null) {
      return Status.SUCCESS;
    }
    return failure == Failure.CANCELLED ? Status.CANCELLED : Status.FAILED;
  }

  /** Why an attempt was ended by us. */
  enum Reason {
    CANCELLED(Failure.CANCELLED),
    TIMEOUT(Failure.TIMEOUT);

    private final Failure failure;

    Reason(Failure failure) {
      this.failure = failure;
    }

    Failure failure() {
      return failure;
    }
  }
}

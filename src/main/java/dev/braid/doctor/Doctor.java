package dev.braid.doctor;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Looks at everything that has to be right for a session's list to be run side by side. */
public final class Doctor {
  private Doctor() {}

  /** One thing to look at. */
  interface Examination {
    List<Check> of(Patient patient) throws IOException;
  }

  /**
   * Everything, in the order in which one thing needs another.
   *
   * @param isDeep whether Claude Code is asked something, which takes seconds and may cost a little
   */
  public static List<Check> examine(Patient patient, boolean isDeep) {
    var checks = new ArrayList<Check>();
    look(checks, "program", ProgramChecks::of, patient);
    look(checks, "claude", ClaudeChecks::of, patient);
    look(checks, "hooks", HookChecks::of, patient);
    look(checks, "daemon", DaemonChecks::of, patient);
    look(checks, "claims", ClaimChecks::of, patient);
    if (isDeep) {
      look(checks, "login", Login::of, patient);
    }
    return checks;
  }

  /** What cannot be looked at is bad: nobody knows how it stands. */
  private static void look(
      List<Check> checks, String name, Examination examination, Patient patient) {
    try {
      checks.addAll(examination.of(patient));
    } catch (IOException e) {
      checks.add(Check.bad(name, "cannot be looked at: " + e.getMessage(), ""));
    }
  }
}

package dev.braid.task;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one task does. At least one of command and prompt is there; a command wins and needs no
 * model.
 *
 * @param command a line for {@code /bin/sh -c}
 * @param prompt what a model is asked to do
 * @param cwd the folder to work in, as written; relative to the folder of the caller
 * @param env variables added to the caller's environment; may hold secrets, so never printed
 */
public record Work(
    @Nullable String command,
    @Nullable String prompt,
    @Nullable String cwd,
    Map<String, String> env) {
  public Work {
    env = Map.copyOf(env);
  }

  @Override
  public String toString() {
    return "Work[command=" + command + ", prompt=" + prompt + ", cwd=" + cwd + ", env=hidden]";
  }
}

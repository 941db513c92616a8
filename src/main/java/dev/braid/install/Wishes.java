package dev.braid.install;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a person wants of an installation.
 *
 * @param version the folder of the version to use, with {@code bin/braid} in it
 * @param mode what hooks do, in the word of the settings; null to leave it as it is
 * @param port that hooks are sent to
 * @param isNewPort whether the settings name another one, or none
 * @param token by which hooks are known
 * @param hooks whether Claude Code's settings are to name Braid
 * @param statusLine whether Claude Code's status line is to show how Braid stands
 * @param tasksEnabled whether an earlier wish against task tools may be overruled
 * @param keeper runs the daemon as a service; null for the hooks to start it
 */
public record Wishes(
    Path version,
    @Nullable String mode,
    int port,
    boolean isNewPort,
    String token,
    boolean hooks,
    boolean statusLine,
    boolean tasksEnabled,
    @Nullable ServiceKeeper keeper) {}

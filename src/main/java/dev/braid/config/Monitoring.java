package dev.braid.config;

import java.nio.file.Path;

/**
 * Whether figures are kept, and where.
 *
 * @param enabled whether log and statistics are written
 * @param logFile what happened, one line each
 * @param statsFile totals over all runs
 */
public record Monitoring(boolean enabled, Path logFile, Path statsFile) {}

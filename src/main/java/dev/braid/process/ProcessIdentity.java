package dev.braid.process;

/**
 * Which process is meant, also after its pid was given to another one.
 *
 * @param pid the number the kernel gave it
 * @param startTime when it started, in the kernel's own words (clock ticks since boot on Linux);
 *     only ever compared for equality
 * @param bootId which boot of the machine that was
 */
public record ProcessIdentity(long pid, String startTime, String bootId) {}

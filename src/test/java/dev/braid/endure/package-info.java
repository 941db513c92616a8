/**
 * The limits of the machine: descriptors, processes, memory, many workers, many runs, long sleep.
 */
@NullMarked
package dev.braid.endure;

import org.jspecify.annotations.NullMarked;

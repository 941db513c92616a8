/**
 * What should happen: the graph, its conflicts, waves, estimate and decision. Pure: no clock, disk
 * or process.
 */
@NullMarked
package dev.braid.plan;

import org.jspecify.annotations.NullMarked;

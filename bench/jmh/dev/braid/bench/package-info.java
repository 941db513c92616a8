/** How the time of what Braid does in memory and in its files grows with the number of tasks. */
@NullMarked
package dev.braid.bench;

import org.jspecify.annotations.NullMarked;

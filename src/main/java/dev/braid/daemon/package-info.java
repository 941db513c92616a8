/** The long-running process: its life, and its door. */
@NullMarked
package dev.braid.daemon;

import org.jspecify.annotations.NullMarked;

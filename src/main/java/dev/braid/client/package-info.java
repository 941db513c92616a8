/** Finds the daemon, and speaks with it. */
@NullMarked
package dev.braid.client;

import org.jspecify.annotations.NullMarked;

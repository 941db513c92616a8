/** Braid: task lists of Claude Code as parallel, durable work. */
@NullMarked
package dev.braid;

import org.jspecify.annotations.NullMarked;

/** End-to-end tests of tasks in worktrees. */
@NullMarked
package dev.braid.apart;

import org.jspecify.annotations.NullMarked;

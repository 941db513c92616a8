/** What Claude Code is answered: which of its tasks Braid takes over, when, and what it is told. */
@NullMarked
package dev.braid.hook;

import org.jspecify.annotations.NullMarked;

/** The real Claude Code in tests: it talks to a stand-in for its API, in a home of its own. */
@NullMarked
package dev.braid.worker;

import org.jspecify.annotations.NullMarked;

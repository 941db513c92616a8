/** Sessions of the real Claude Code, with Braid's hooks. */
@NullMarked
package dev.braid.session;

import org.jspecify.annotations.NullMarked;

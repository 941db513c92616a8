/** What the daemon and those who talk to it both know. */
@NullMarked
package dev.braid.protocol;

import org.jspecify.annotations.NullMarked;

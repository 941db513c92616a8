/** Where tests may stop this program dead, to see what the next one makes of it. */
@NullMarked
package dev.braid.fault;

import org.jspecify.annotations.NullMarked;

/** Where tests may stop this program dead, or its disk or memory fail, to see what comes of it. */
@NullMarked
package dev.braid.fault;

import org.jspecify.annotations.NullMarked;

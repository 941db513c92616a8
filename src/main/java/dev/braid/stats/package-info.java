/** What it gained: measured times and the report made of them. Pure. */
@NullMarked
package dev.braid.stats;

import org.jspecify.annotations.NullMarked;

/** What did we leave behind: temporary skills and agents, their use, and when they go. */
@NullMarked
package dev.braid.resource;

import org.jspecify.annotations.NullMarked;

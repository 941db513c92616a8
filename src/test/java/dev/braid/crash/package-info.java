/** What kill -9 leaves of Braid at any moment, and whether all of it is whole again after that. */
@NullMarked
package dev.braid.crash;

import org.jspecify.annotations.NullMarked;

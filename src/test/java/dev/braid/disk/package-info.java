/** Disks that are full, cannot be written, or lose what is on them. */
@NullMarked
package dev.braid.disk;

import org.jspecify.annotations.NullMarked;

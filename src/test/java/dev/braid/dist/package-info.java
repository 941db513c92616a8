/** What is handed out: the archive of a release, its completions and its manual page. */
@NullMarked
package dev.braid.dist;

import org.jspecify.annotations.NullMarked;

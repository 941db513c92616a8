/** Changes of files below watched folders. The only package that knows how they are noticed. */
@NullMarked
package dev.braid.watch;

import org.jspecify.annotations.NullMarked;

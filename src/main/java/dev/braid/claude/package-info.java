/** Claude Code's own files and command line. The only package that knows their formats. */
@NullMarked
package dev.braid.claude;

import org.jspecify.annotations.NullMarked;

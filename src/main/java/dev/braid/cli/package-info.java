/** The command line: arguments, output, exit codes. The only package that knows picocli. */
@NullMarked
package dev.braid.cli;

import org.jspecify.annotations.NullMarked;

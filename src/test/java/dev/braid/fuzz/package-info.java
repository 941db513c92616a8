/** What all fuzz tests hold against parsers; each of them stands in the package of its parser. */
@NullMarked
package dev.braid.fuzz;

import org.jspecify.annotations.NullMarked;

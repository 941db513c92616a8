/** Make it happen: runs a graph to its end and survives being killed. */
@NullMarked
package dev.braid.run;

import org.jspecify.annotations.NullMarked;

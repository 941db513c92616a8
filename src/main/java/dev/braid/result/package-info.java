/** What came out: the result of a task, and how results of a kind are merged. Pure. */
@NullMarked
package dev.braid.result;

import org.jspecify.annotations.NullMarked;

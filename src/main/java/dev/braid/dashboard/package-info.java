/** What a page in a browser is shown of runs, and what it may ask for; knows no HTTP. */
@NullMarked
package dev.braid.dashboard;

import org.jspecify.annotations.NullMarked;

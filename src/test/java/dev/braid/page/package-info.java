/** The dashboard in a real browser, before a real daemon. */
@NullMarked
package dev.braid.page;

import org.jspecify.annotations.NullMarked;

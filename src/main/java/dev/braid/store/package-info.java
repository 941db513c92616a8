/** What must not be lost: durable files, the journal, locks and run folders. */
@NullMarked
package dev.braid.store;

import org.jspecify.annotations.NullMarked;

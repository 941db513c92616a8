/**
 * Keeps tasks that run side by side out of each other's files, and brings their work together: the
 * only package that runs git. Everything goes through plumbing and indexes of its own; of the
 * user's repository it changes {@code refs/braid/} and objects, and of the user's tree only what
 * {@link dev.braid.isolate.Swap} puts there.
 */
@NullMarked
package dev.braid.isolate;

import org.jspecify.annotations.NullMarked;

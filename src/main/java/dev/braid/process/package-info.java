/**
 * Operating-system processes: spawn, identify, watch and end them. The only package that calls
 * native code.
 */
@NullMarked
package dev.braid.process;

import org.jspecify.annotations.NullMarked;

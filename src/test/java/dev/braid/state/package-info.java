/** State that earlier versions wrote, and that has to be understood for ever. */
@NullMarked
package dev.braid.state;

import org.jspecify.annotations.NullMarked;

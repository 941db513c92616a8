/** What an installation puts where, what it wrote, and how all of it goes away again. */
@NullMarked
package dev.braid.install;

import org.jspecify.annotations.NullMarked;

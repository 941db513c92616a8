@NullMarked
package dev.braid.install;

import org.jspecify.annotations.NullMarked;

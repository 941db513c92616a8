@NullMarked
package dev.braid.resource;

import org.jspecify.annotations.NullMarked;

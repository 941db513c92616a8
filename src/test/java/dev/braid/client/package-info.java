@NullMarked
package dev.braid.client;

import org.jspecify.annotations.NullMarked;

/** What the user wants: settings with their defaults, and where files live. */
@NullMarked
package dev.braid.config;

import org.jspecify.annotations.NullMarked;

/** What docs/SECURITY.md promises and no other test shows. */
@NullMarked
package dev.braid.security;

import org.jspecify.annotations.NullMarked;

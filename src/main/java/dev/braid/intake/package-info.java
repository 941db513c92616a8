/** What was asked: task files and their fields, checked before anything starts. */
@NullMarked
package dev.braid.intake;

import org.jspecify.annotations.NullMarked;

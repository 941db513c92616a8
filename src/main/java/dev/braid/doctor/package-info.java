/** What is wrong with an installation, and what to do about it. */
@NullMarked
package dev.braid.doctor;

import org.jspecify.annotations.NullMarked;

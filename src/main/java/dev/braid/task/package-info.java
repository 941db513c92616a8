/**
 * What is to be done: tasks, their types and what they hold while they run. No input, no clock, no
 * disk.
 */
@NullMarked
package dev.braid.task;

import org.jspecify.annotations.NullMarked;

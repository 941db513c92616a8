package dev.braid.plan;

import dev.braid.task.TaskId;

/**
 * Two tasks that no other edge orders and that may not run at the same time.
 *
 * @param first runs first
 * @param second waits for it
 * @param resource what both use, such as {@code git:auth-service}
 * @param reason in words, how each of them uses it and how that is known
 */
public record Conflict(TaskId first, TaskId second, String resource, String reason) {}

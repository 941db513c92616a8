package dev.braid.resource;

import java.time.Instant;

/** A temporary skill or agent in the trash, from where it can be restored. */
public record Deletion(ResourceKind kind, String name, Instant at, String reason) {}

package dev.braid.config;

/** How much is logged; each level holds those above it. */
public enum LogLevel implements WireNamed {
  ERROR,
  WARN,
  INFO,
  DEBUG
}

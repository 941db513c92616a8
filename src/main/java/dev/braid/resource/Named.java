package dev.braid.resource;

/** A skill or agent by its name. */
public record Named(ResourceKind kind, String name) {
  /** For people. */
  public String inWords() {
    return kind.wireName() + " " + name;
  }
}

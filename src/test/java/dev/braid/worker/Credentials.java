package dev.braid.worker;

import java.util.Map;
import java.util.TreeMap;

/** The headers by which a request shows who sent it; never printed. */
public final class Credentials {
  private final Map<String, String> headers;

  Credentials(Map<String, String> headers) {
    this.headers = new TreeMap<>(headers);
  }

  /** Empty when the request has no such header. */
  public String header(String name) {
    return headers.getOrDefault(name, "");
  }

  @Override
  public String toString() {
    return "Credentials" + headers.keySet();
  }
}

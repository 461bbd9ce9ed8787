package io.backbeat.api;

import java.util.Arrays;
import java.util.Optional;

/** A service whose locations can be watched, paused and resumed. */
public enum ServiceName {
  /** Cross-region replication: copies object versions to other locations. */
  REPLICATION("crr"),
  /** Ingestion: takes over objects that were written at another location. */
  INGESTION("ingestion"),
  /** Lifecycle: expiration and transition. */
  LIFECYCLE("lifecycle");

  private final String wireName;

  ServiceName(String wireName) {
    this.wireName = wireName;
  }

  /** The name in paths, counter keys and messages. */
  public String wireName() {
    return wireName;
  }

  /** The service of that wire name, if there is one. */
  public static Optional<ServiceName> ofWireName(String wireName) {
    return Arrays.stream(values()).filter(s -> s.wireName.equals(wireName)).findFirst();
  }
}

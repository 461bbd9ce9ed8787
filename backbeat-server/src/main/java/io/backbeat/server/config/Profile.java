package io.backbeat.server.config;

import java.util.Locale;

/** What a server keeps its queues and statuses on. */
public enum Profile {
  /** One local store; nothing else has to run. */
  EMBEDDED,
  /** Kafka, MongoDB, Redis and ZooKeeper. */
  CLUSTER;

  /** As it is written in configurations. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}

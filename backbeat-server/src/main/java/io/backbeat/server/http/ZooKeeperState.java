package io.backbeat.server.http;

import io.backbeat.api.ComponentHealth;
import java.util.Arrays;

/** The states of a ZooKeeper client, with the numbers that clients of the original know. */
enum ZooKeeperState {
  DISCONNECTED(0),
  SYNC_CONNECTED(3),
  AUTH_FAILED(4),
  CONNECTED_READ_ONLY(5),
  SASL_AUTHENTICATED(6),
  EXPIRED(-122);

  private final int code;

  ZooKeeperState(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  /** The state that a component tells as its detail; one that tells none is connected or is not. */
  static ZooKeeperState of(ComponentHealth zookeeper) {
    return Arrays.stream(values())
        .filter(state -> state.name().equals(zookeeper.detail()))
        .findFirst()
        .orElse(zookeeper.state() == ComponentHealth.State.FAILING ? DISCONNECTED : SYNC_CONNECTED);
  }
}

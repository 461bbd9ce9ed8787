package io.backbeat.zookeeper;

import org.apache.curator.framework.state.ConnectionState;

/** State of the session, with the names and codes of the original's client. */
public enum ZooKeeperState {
  /** There is no connection at the moment; it is being looked for. */
  DISCONNECTED(0),
  /** Everything works. */
  SYNC_CONNECTED(3),
  /** The server takes no writes. */
  CONNECTED_READ_ONLY(5),
  /** The server has given the session up: what it held is free for others. */
  EXPIRED(-122);

  private final int code;

  ZooKeeperState(int code) {
    this.code = code;
  }

  /** The number that the original shows beside the name. */
  public int code() {
    return code;
  }

  static ZooKeeperState of(ConnectionState state) {
    return switch (state) {
      case CONNECTED, RECONNECTED -> SYNC_CONNECTED;
      case READ_ONLY -> CONNECTED_READ_ONLY;
      case SUSPENDED -> DISCONNECTED;
      case LOST -> EXPIRED;
    };
  }
}

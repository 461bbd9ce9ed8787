package io.backbeat.server.http;

import io.backbeat.api.Backbeat;
import java.time.Clock;
import java.util.List;

/** A listener that admits nobody, so that loopback clients are strangers to it. */
public final class Strangers implements AutoCloseable {
  private final HttpListener listener;

  public Strangers(Backbeat backbeat, Clock clock) {
    this.listener =
        HttpListener.open(
            new BackbeatFeature(backbeat, clock, BackbeatFeature.DEFAULT_BODY_LIMIT_BYTES),
            "127.0.0.1",
            0,
            AllowList.of(List.of()),
            2);
  }

  /** Where it listens. */
  public int port() {
    return listener.uri().getPort();
  }

  @Override
  public void close() {
    listener.close();
  }
}

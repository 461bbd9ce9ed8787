package io.backbeat.server.http;

import io.backbeat.api.Backbeat;
import java.util.List;

/** A listener that admits nobody, so that loopback clients are strangers to it. */
public final class Strangers implements AutoCloseable {
  private final HttpListener listener;

  public Strangers(Backbeat backbeat, RestOptions options) {
    this.listener =
        HttpListener.open(
            new BackbeatFeature(backbeat, options),
            new ListenerOptions("127.0.0.1", 0, List.of(), 2, false, HttpLimits.DEFAULT),
            AllowList.of(List.of()));
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

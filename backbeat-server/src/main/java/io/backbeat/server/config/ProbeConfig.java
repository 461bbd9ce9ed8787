package io.backbeat.server.config;

import java.util.Objects;

/**
 * Where the probes are served.
 *
 * @param host the address to listen on
 * @param port 0 for any free one
 */
public record ProbeConfig(String host, int port) {
  /** Checks that nothing is null. */
  public ProbeConfig {
    Objects.requireNonNull(host, "host");
  }
}
